import type { Industry, DeclaredAsset, FirmProfile } from '../../src/domain/parties/index.ts';
import { plainMoney } from '../format.ts';
import { classCodeForm, tidyClassCode } from '../../src/domain/parties/class-code.ts';
import { creditCodeIsValid, tidyCreditCode } from '../../src/domain/parties/credit-code.ts';
import { canBeAsset } from '../../src/domain/assessment/declared-assets.ts';
import { parseAmount, parseCount } from './parse-amount.ts';

export const traits = ['sellsOnline', 'operatesIndustrialControl', 'sellsTechnologyServices', 'makesDigitalProducts', 'criticalInfrastructure'] as const;
export type Trait = (typeof traits)[number];

/** The facts of a firm while they are being typed: amounts as text, so that nothing typed is lost. */
export interface FirmDraft {
  name: string;
  creditCode: string;
  industry: Industry | '';
  gbt4754: string;
  employees: string;
  revenue: string;
  records: string;
  spend: string;
  traits: Record<Trait, boolean>;
  assets: DeclaredAsset[];
  claims: { on: string; peril: string; amount: string; closed: boolean }[];
  repairs: FirmProfile['repairs'];
}

export type Fault = 'missing' | 'bad-amount' | 'bad-count' | 'bad-code' | 'bad-class';
export type Faults = Partial<Record<string, Fault>>;

const cny = (minor: number) => ({ currency: 'CNY' as const, minor });

export const emptyDraft = (name = ''): FirmDraft => ({
  name,
  creditCode: '',
  industry: '',
  gbt4754: '',
  employees: '',
  revenue: '',
  records: '',
  spend: '',
  traits: { sellsOnline: false, operatesIndustrialControl: false, sellsTechnologyServices: false, makesDigitalProducts: false, criticalInfrastructure: false },
  assets: [],
  claims: [],
  repairs: null,
});

const amountText = (money: FirmProfile['securitySpend']): string => (money === null ? '' : plainMoney(money).replace(/\.00$/, ''));

export function draftOf(firm: FirmProfile): FirmDraft {
  return {
    name: firm.name,
    creditCode: firm.creditCode ?? '',
    industry: firm.industry,
    gbt4754: firm.gbt4754 ?? '',
    employees: String(firm.employees),
    revenue: amountText(firm.annualRevenue),
    records: String(firm.personalRecords),
    spend: amountText(firm.securitySpend),
    traits: Object.fromEntries(traits.map((trait) => [trait, firm[trait]])) as Record<Trait, boolean>,
    assets: firm.assets,
    repairs: firm.repairs,
    claims: firm.pastClaims.map(({ on, peril, amount, closed }) => ({ on, peril, amount: amountText(amount), closed })),
  };
}

const countFault = (text: string): Fault | undefined => (text.trim() === '' ? 'missing' : parseCount(text) === null ? 'bad-count' : undefined);
const amountFault = (text: string): Fault | undefined => (text.trim() === '' ? 'missing' : parseAmount(text) === null ? 'bad-amount' : undefined);

/** What is still wrong on the page about the firm itself. */
export function firmFaults(draft: FirmDraft): Faults {
  const code = tidyCreditCode(draft.creditCode);
  const classCode = tidyClassCode(draft.gbt4754);
  return present({
    name: draft.name.trim() === '' ? 'missing' : undefined,
    creditCode: code !== '' && !creditCodeIsValid(code) ? 'bad-code' : undefined,
    industry: draft.industry === '' ? 'missing' : undefined,
    gbt4754: classCode !== '' && !classCodeForm.test(classCode) ? 'bad-class' : undefined,
    employees: parseCount(draft.employees) === 0 ? 'bad-count' : countFault(draft.employees),
  });
}

/** What is still wrong on the page about business and data. */
export function businessFaults(draft: FirmDraft): Faults {
  const claims = draft.claims.flatMap((claim, i) =>
    Object.entries({ [`claims.${i}.on`]: claim.on === '' ? 'missing' : undefined, [`claims.${i}.amount`]: amountFault(claim.amount) } as Faults),
  );
  return present({
    revenue: amountFault(draft.revenue),
    records: countFault(draft.records),
    spend: draft.spend.trim() !== '' ? amountFault(draft.spend) : undefined,
    ...Object.fromEntries(claims),
  });
}

const present = (faults: Record<string, Fault | undefined>): Faults => Object.fromEntries(Object.entries(faults).filter(([, fault]) => fault !== undefined));

/** The facts as the server takes them; null while a fault is left. */
export function firmOf(draft: FirmDraft): FirmProfile | null {
  if (Object.keys({ ...firmFaults(draft), ...businessFaults(draft) }).length > 0 || draft.industry === '') return null;
  return {
    name: draft.name.trim(),
    creditCode: tidyCreditCode(draft.creditCode) || null,
    industry: draft.industry,
    gbt4754: tidyClassCode(draft.gbt4754) || null,
    employees: parseCount(draft.employees)!,
    annualRevenue: cny(parseAmount(draft.revenue)!),
    personalRecords: parseCount(draft.records)!,
    ...draft.traits,
    securitySpend: draft.spend.trim() === '' ? null : cny(parseAmount(draft.spend)!),
    assets: draft.assets,
    repairs: draft.repairs,
    pastClaims: draft.claims.map(({ on, peril, amount, closed }) => ({ on, peril, amount: cny(parseAmount(amount)!), closed })),
  };
}

/** A name that can be an asset: a domain, a host name, an address or a CIDR block. */
export const looksLikeAsset = (text: string): boolean =>
  canBeAsset(text) &&
  /^(?=.{1,255}$)(?:[a-z0-9*](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*(?:\/\d{1,2})?|[0-9a-f:]*:[0-9a-f:.]+(?:\/\d{1,3})?)$/i.test(text);

/** Reads one asset a line (or separated by commas); gives the names and the lines that cannot be one. */
export function readAssets(text: string): { names: string[]; wrong: { line: number; text: string }[] } {
  const lines = text.split(/\n/).flatMap((line, i) =>
    line
      .split(/[,，;；\s]+/)
      .filter(Boolean)
      .map((part) => ({ line: i + 1, text: part.replace(/^https?:\/\//, '').replace(/\/$/, '') })),
  );
  return {
    names: [...new Set(lines.filter((one) => looksLikeAsset(one.text)).map((one) => one.text))],
    wrong: lines.filter((one) => !looksLikeAsset(one.text)),
  };
}
