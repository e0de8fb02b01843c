export { burp } from './burp.ts';
