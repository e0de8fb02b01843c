import { exactMoney } from '../../domain/notation/index.ts';
import type { DocumentRequest } from './model.ts';
import { printInstant } from './print.ts';

/** What the template of a subsidy statement lays out. */
export function subsidySheet({ data, language }: Extract<DocumentRequest, { kind: 'subsidy-file' }>) {
  const print = (minor: number): string => exactMoney({ currency: data.currency, minor }, language);
  const { totals } = data;
  return {
    number: data.number,
    version: String(data.version),
    insurer: data.insurer,
    scheme: data.scheme[language],
    budget: print(data.budgetMinor),
    budgetLeft: print(totals.budgetLeftMinor),
    counts: `${totals.grants} / ${totals.firms}`,
    grants: data.grants.map((grant) => ({
      policy: grant.policy,
      firm: grant.firm,
      creditCode: grant.creditCode,
      begins: grant.begins,
      tier: `${grant.names.tier[language]} / ${grant.names.package[language]}`,
      premium: print(grant.premiumMinor),
      subsidy: print(grant.subsidyMinor),
      returned: print(grant.returnedMinor),
      net: print(grant.subsidyMinor - grant.returnedMinor),
    })),
    sums: { premium: print(totals.premiumMinor), subsidy: print(totals.subsidyMinor), returned: print(totals.returnedMinor), net: print(totals.netMinor) },
    issuedAt: printInstant(data.issuedAt, language),
    issuedAtSeconds: Math.floor(Date.parse(data.issuedAt) / 1000),
    dataAsOf: printInstant(data.dataAsOf, language),
  };
}
