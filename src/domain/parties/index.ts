export { DeclaredAsset, Exposure, FirmProfile, Industry, PastClaim } from './firm.ts';
