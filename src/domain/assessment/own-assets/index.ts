export { MethodClass, OwnAsset, OwnAssetKind, OwnershipProof, ProofMethod, ScanAuthorisation, ScanAuthorisationTerms, ScanWindow } from './model.ts';
export { readAssetName } from './asset-name.ts';
export { proofAt, proofDays, proofPlace, proofState, proofToken, type ProofState } from './proof.ts';
export { coversName, isInWindow, readAuthorisation, requireMaySend, type SendingFacts } from './may-send.ts';
