export { MethodClass, OwnAsset, OwnAssetKind, ProofMethod, ScanAuthorisation, ScanAuthorisationTerms } from './model.ts';
export { listableAssets } from './listable.ts';
export { readAssetName } from './asset-name.ts';
export { proofAt, proofPlace, proofState, proofToken, type ProofState } from './proof.ts';
export { isInWindow, readAuthorisation, requireMaySend, type SendingFacts } from './may-send.ts';
