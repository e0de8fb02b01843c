export { CveId, ThreatFacts, ThreatSource, type ThreatOutlook } from './model.ts';
