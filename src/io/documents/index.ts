export { Documents, makeDocument } from './documents.ts';
export { DocumentRequest, PolicyScheduleData, QuotationData } from './model.ts';
export { verificationCode } from './verification.ts';
