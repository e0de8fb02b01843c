export { testssl } from './testssl.ts';
