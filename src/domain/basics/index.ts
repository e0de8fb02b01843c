export { Language, Text } from './text.ts';
export { Refusal, type Facts, type RefusalKind } from './refusal.ts';
export { Currency, Money, addMoney, allocateMinor, minorPerMajor, roundMinor, subtractMoney, type Rounding } from './money.ts';
export { Day, Instant, instantFromMillis, instantMillis } from './time.ts';
export { canonicalJson, hashData, hashText, stableId } from './hash.ts';
export { Parameter, Provenance } from './parameter.ts';
