export { Authority, Guideline, Quote, QuoteState, Reason, RepairEffect, Standing, quoteLifecycle } from './model.ts';
export { type Application, type UnderwritingRules } from './application.ts';
export { decideQuote, indicateQuote, quoteValidDays } from './decide-quote.ts';
export { priceRange, valueRepairs, whatIf, type WhatIf } from './repairs.ts';
export { buildGuidelines, type Guidelines } from './guidelines.ts';
export { gateForCover, insures, offlineBackupControl } from './cover-gate.ts';
export { type Circumstances, type Vocabulary } from './circumstances.ts';
