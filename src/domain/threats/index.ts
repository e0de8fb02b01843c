export { CveId, ThreatFacts, ThreatSource, type ThreatOutlook } from './model.ts';
export { readKev, type KevCatalogue, type KevEntry } from './feeds/kev.ts';
export { readEpss, type EpssScores } from './feeds/epss.ts';
export { buildOutlook } from './outlook.ts';
export { isOtherModel, judgeEpss, judgeKev, notablyMoved, type FeedVerdict } from './judge-feed.ts';
