import type { Worksheet } from './model.ts';
import type { Ratebook } from './ratebook.ts';

/** How the technical and the market-anchored calibration come together; the rule is that of `marketBlend`. */
export interface PriceBlend {
  /** E, the claims expected of the business so far, and the constant k of its credibility. */
  readonly expectedClaims: number;
  readonly k: number;
  /** Weight Z = E/(E + k) of the technical price; the rest is the market's. */
  readonly weight: number;
  readonly technical: Calibration;
  readonly anchored: Calibration;
  readonly blended: Calibration;
  /** Part of the blend's difference from the technical price that is charged. */
  readonly chargedShare: number;
}

/** A yearly premium before VAT in minor units, unrounded as the worksheet carries it, and as a share of the limit. */
export interface Calibration {
  readonly premiumMinor: number;
  readonly rateOnLine: number;
}

/** Reads the blend off a worksheet; null in a tariff without tables, which has none. */
export function explainBlend({ lines }: Pick<Worksheet, 'lines'>, limitMinor: number, { file, number }: Ratebook): PriceBlend | null {
  if (file.tables === undefined) return null;
  const { expectedClaims, k, charged } = file.tables.market;
  const valueOf = (id: string): number => lines.find((line) => line.id === `market.${id}`)!.value;
  const calibration = (id: string): Calibration => ({ premiumMinor: 100 * valueOf(id), rateOnLine: (100 * valueOf(id)) / limitMinor });
  return {
    ...{ expectedClaims: number(expectedClaims), k: number(k), weight: valueOf('credibility') },
    ...{ technical: calibration('technical'), anchored: calibration('anchored'), blended: calibration('blended') },
    chargedShare: number(charged),
  };
}
