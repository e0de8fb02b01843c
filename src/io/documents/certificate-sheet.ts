import { exactMoney, period } from '../../domain/notation/index.ts';
import { coverageRows } from './coverage-rows.ts';
import type { DocumentRequest } from './model.ts';
import { printInstant } from './print.ts';
import { wordsIn } from './words.ts';

/** What the template of a member's certificate lays out. */
export function certificateSheet({ data, language }: Extract<DocumentRequest, { kind: 'member-certificate' }>) {
  const print = (minor: number): string => exactMoney({ currency: data.currency, minor }, language);
  return {
    number: data.number,
    version: String(data.version),
    insurer: data.insurer,
    member: data.member,
    holder: data.holder,
    master: data.master.number,
    group: data.master.name,
    groupKind: wordsIn(language)[`group-${data.master.kind}`],
    period: period(data.period, language),
    endedOn: data.endedOn,
    neverBegan: data.neverBegan,
    limit: print(data.limitMinor),
    retention: print(data.retentionMinor),
    aggregate: print(data.aggregateMinor),
    coverages: coverageRows(data, language),
    issuedAt: printInstant(data.issuedAt, language),
    issuedAtSeconds: Math.floor(Date.parse(data.issuedAt) / 1000),
    dataAsOf: printInstant(data.dataAsOf, language),
  };
}
