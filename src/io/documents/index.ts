export { Documents, makeDocument } from './documents.ts';
export { verificationCode } from './verification.ts';
