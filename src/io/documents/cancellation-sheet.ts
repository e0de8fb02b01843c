import { daysBefore, dayOf, saidIn } from '../../domain/basics/index.ts';
import { capitalAmount, exactMoney, period } from '../../domain/notation/index.ts';
import { borneByFirm } from '../../domain/subsidy/index.ts';
import type { CancellationNoticeData, DocumentRequest } from './model.ts';
import { printInstant } from './print.ts';
import { wordsIn } from './words.ts';

/** What the template of a notice of cancellation lays out. */
export function cancellationSheet({ data, language }: Extract<DocumentRequest, { kind: 'cancellation-notice' }>) {
  const { cancellation: ended, currency } = data;
  const words = wordsIn(language);
  const print = (minor: number): string => exactMoney({ currency, minor }, language);
  const began = ended.ends > dayOf(data.period.from);
  return {
    number: data.number,
    version: String(data.version),
    insurer: data.insurer,
    insured: data.insured,
    period: period(data.period, language),
    side: words[ended.side === 'insurer' ? 'endedByInsurer' : 'endedByInsured'],
    ground: ended.title[language],
    basis: ended.basis[language],
    reason: saidIn(ended.reason, language),
    by: ended.by === 'system' ? words.actedBySystem : ended.by,
    lastDay: began ? `${daysBefore(ended.ends, 1)} 24:00` : words.neverCovered,
    days: `${ended.borneDays} / ${ended.periodDays}`,
    kept: ended.keptPercent === null ? null : `${ended.keptPercent}%`,
    isPrior: ended.isPrior,
    lines: ended.lines.map(({ kind, exVatMinor, vatMinor, totalMinor }) => ({
      title: words[`return-${kind}`],
      ...{ exVat: print(exVatMinor), vat: print(vatMinor), total: print(totalMinor), returned: kind === 'returned' },
    })),
    premium: { exVat: print(data.premium.exVat), vat: print(data.premium.vat), total: print(data.premium.total) },
    returned: print(ended.returnedMinor),
    capitals: language === 'zh' ? capitalAmount({ currency, minor: ended.returnedMinor }) : null,
    subsidy: data.subsidy === null ? null : { back: print(data.subsidy.backMinor), firm: print(firmBears(data, data.subsidy)) },
    losses: words[ended.bearsEarlierLosses ? 'earlierLossesStay' : 'earlierLossesNot'],
    issuedAt: printInstant(data.issuedAt, language),
    issuedAtSeconds: Math.floor(Date.parse(data.issuedAt) / 1000),
    dataAsOf: printInstant(data.dataAsOf, language),
  };
}

/** What the firm bears in the end of its premium; minor units. */
const firmBears = ({ premium, cancellation }: CancellationNoticeData, { grantedMinor, backMinor }: NonNullable<CancellationNoticeData['subsidy']>): number =>
  borneByFirm({ premiumMinor: premium.total, returnedMinor: cancellation.returnedMinor, subsidyMinor: grantedMinor, backMinor });
