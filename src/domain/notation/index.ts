export { decimalAmount, decimalsOf, exactMoney, minus, plainMoney, signedMoney, spokenAmount } from './money.ts';
export { capitalAmount } from './capitals.ts';
export { fixed, percent, shortPercent } from './rate.ts';
export { clock, dateTime, day, period } from './beijing-time.ts';
