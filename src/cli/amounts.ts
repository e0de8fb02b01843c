import { plainMoney } from '../domain/notation/index.ts';

/** An amount of fen in yuan with thousands separated; a part of a fen is rounded. */
export const yuan = (minor: number): string => plainMoney({ currency: 'CNY', minor: Math.round(minor) });

/** A share as a percentage with up to two digits that matter. */
export const percent = (share: number): string => `${Number((100 * share).toPrecision(2))}%`;
