export { CveId, FeedKind, ThreatFacts, ThreatSource, type ThreatOutlook } from './model.ts';
export { readKev, type KevCatalogue, type KevEntry } from './feeds/kev.ts';
export { readEpss, type EpssScores } from './feeds/epss.ts';
export { classPath, readWeaknesses, type Weakness, type WeaknessCatalogue } from './feeds/cwe.ts';
export { buildOutlook } from './outlook.ts';
export { isOtherModel, judgeEpss, judgeKev, judgeWeaknesses, notablyMoved, type FeedVerdict } from './judge-feed.ts';
