export { Documents, makeDocument } from './documents.ts';
export { PolicyScheduleData } from './model.ts';
export { verificationCode } from './verification.ts';
