import { lognormalQuantile, type Text } from '../../basics/index.ts';
import type { FirmProfile } from '../../parties/index.ts';
import type { SecurityModifiers } from '../model.ts';
import type { Ratebook } from '../ratebook.ts';
import type { EventBound } from '../severity.ts';
import { ownPerils, ownRates, type OwnPeril } from './own-perils.ts';

/** An incident that a firm like this one may meet, in plain words; major units. */
export interface PlausibleIncident {
  readonly peril: OwnPeril['tariff']['peril'];
  readonly title: Text;
  /** Once in so many years on average. */
  readonly everyYears: number;
  readonly typicalLoss: number;
  /** One incident in twenty costs more. */
  readonly badLoss: number;
  readonly text: Text;
}

/** The incidents that cost the firm most in expectation, worst first (R41). */
export function plausibleIncidents(firm: FirmProfile, security: SecurityModifiers, ratebook: Ratebook, most = 5): PlausibleIncident[] {
  const perils = ownPerils(firm, ratebook);
  const rates = ownRates(perils, security, ratebook);
  return perils
    .map((peril, i) => ({ peril, rate: rates[i]! }))
    .sort((a, b) => b.rate * b.peril.meanLoss - a.rate * a.peril.meanLoss)
    .slice(0, most)
    .map(({ peril, rate }) => incidentOf(peril, rate));
}

function incidentOf({ tariff, severity, bound }: OwnPeril, rate: number): PlausibleIncident {
  const everyYears = 1 / rate;
  const typicalLoss = bounded(lognormalQuantile(severity.loss, 0.5), bound);
  const badLoss = bounded(lognormalQuantile(severity.loss, 0.95), bound);
  return { peril: tariff.peril, title: tariff.title, everyYears, typicalLoss, badLoss, text: inWords(tariff.title, everyYears, typicalLoss, badLoss) };
}

const bounded = (loss: number, { knee, slope, most }: EventBound): number => Math.min(most, loss <= knee ? loss : knee + slope * (loss - knee));

/** Two figures are all that such an estimate carries. */
const rough = (amount: number): number => Number(amount.toPrecision(2));

function inWords(title: Text, everyYears: number, typical: number, bad: number): Text {
  const [many, usual, severe] = [rough(everyYears), rough(typical), rough(bad)].map((value) => value!);
  const yuan = (amount: number): string => (amount >= 10_000 ? `${rough(amount / 10_000)} 万元` : `${amount} 元`);
  return {
    zh: `${title.zh}：像贵企业这样的企业平均约每 ${many} 年遭遇一次；一次通常损失约 ${yuan(usual!)}，二十次中有一次超过 ${yuan(severe!)}。`,
    en: `${title.en}: a firm like yours meets it about once in ${many} years; it usually costs about CNY ${usual!.toLocaleString('en')}, and one in twenty costs more than CNY ${severe!.toLocaleString('en')}.`,
  };
}
