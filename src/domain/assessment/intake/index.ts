export { AssetRuling, CustodyEntry, EarlierReceipt, importLifecycle, ImportedReport, ImportItem, ImportState, ReportEncoding, ReportImport } from './model.ts';
export { addressFinding, listSeenAssets, listSeenSoftware, requireOwnAssets, withRuledAssets, type SeenAsset, type SeenSoftware } from './rule-assets.ts';
export { reviewImport, ReviewStanding, severitiesOf, type DraftedReport, type ImportReview, type ReviewedFinding, type ReviewGround } from './review.ts';
export { confirmImport, countable, discardImport, handled, inEncoding, requireDraft, type Hand } from './end-import.ts';
