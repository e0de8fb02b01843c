export { Parameter, Provenance, SecurityModifiers, WaterfallBar, Worksheet, WorksheetLine } from './model.ts';
export { FirmFact, PerilTariff, RatebookFile, buildRatebook, compileRatebook, keysOf, type Ratebook } from './ratebook.ts';
export { premiumTotal, preparePremium, priceCover, type PriceRequest } from './price.ts';
export { type Tariff } from './risk.ts';
export { buildPremium, subsidise, type ExpenseRates, type Premium, type PremiumParts } from './premium.ts';
