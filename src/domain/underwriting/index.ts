export { Authority, Guideline, Quote, QuoteState, Reason, Repair, quoteLifecycle } from './model.ts';
export { decideQuote, quoteFirm, quoteValidDays, type QuoteRequest, type UnderwritingRules } from './decide-quote.ts';
export { valueRepairs, whatIf, type RepairRequest, type Standing, type WhatIf } from './repairs.ts';
export { buildGuidelines, type Guidelines } from './guidelines.ts';
export { gateForCover, insures, offlineBackupControl } from './cover-gate.ts';
export { type Circumstances, type Vocabulary } from './circumstances.ts';
