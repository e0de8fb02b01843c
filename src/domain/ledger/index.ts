export { Account, Journal, Posting } from './model.ts';
export { balances, openJournal } from './journal.ts';
export { returnPremium, type ReturnedPremium } from './return-premium.ts';
export { writePremium, type WrittenPremium } from './write-premium.ts';
export { bookSubsidy, bookSubsidyReturn, type SubsidisedPart } from './book-subsidy.ts';
