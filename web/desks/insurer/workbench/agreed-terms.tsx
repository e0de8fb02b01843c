import { useCoverages } from '../../../api/queries.ts';
import { useWords } from '../../../words.ts';
import type { CaseView } from './wire.ts';

type Offer = CaseView['offers'][number];
type Terms = NonNullable<CaseView['case']['proposal']>['terms'];
type Cover = Pick<Terms['cover'], 'currency' | 'limitMinor' | 'retentionMinor' | 'lines'>;

/** What of a cover differs from the offer, old → new. */
function useChanges(cover: Cover, from: Cover): string[] {
  const { t, of, money } = useWords();
  const coverages = useCoverages().data ?? [];
  const amount = (minor: number | null | undefined): string => (minor === null || minor === undefined ? '--' : money({ currency: cover.currency, minor }));
  const titleOf = (id: string): string => of(coverages.find((one) => one.id === id)?.title ?? { zh: id, en: id });
  const moved = (what: string, before: string, after: string): string[] => (before === after ? [] : [t('workbench.termsMoved', { what, before, after })]);
  const lineText = (line: Cover['lines'][number] | undefined): string =>
    line === undefined
      ? '--'
      : [amount(line.subLimitMinor), ...(line.waitingHours === null ? [] : [t('workbench.termsWaiting', { n: line.waitingHours })])].join(' · ');
  const ids = [...new Set([...from.lines, ...cover.lines].map(({ coverage }) => coverage))];
  const lineOf = ({ lines }: Cover, id: string) => lines.find(({ coverage }) => coverage === id);
  return [
    ...moved(t('workbench.termsLimit'), amount(from.limitMinor), amount(cover.limitMinor)),
    ...moved(t('workbench.termsRetention'), amount(from.retentionMinor), amount(cover.retentionMinor)),
    ...ids.flatMap((id) => moved(titleOf(id), lineText(lineOf(from, id)), lineText(lineOf(cover, id)))),
  ];
}

/** Every term that a decision agrees to: what it changes in the cover, departures from the tariff with their evidence, conditions, and what is waived. Whoever signs reads it here. */
export function AgreedTerms({ view, terms, offer }: { view: CaseView; terms: Terms; offer: Offer | undefined }) {
  const { t, of, money } = useWords();
  const changes = useChanges(terms.cover, offer?.quote.cover ?? terms.cover);
  const scheduleTitle = (id: string): string => of(view.desk.schedule.find((one) => one.id === id)?.title ?? { zh: id, en: id });
  const warrantyTitle = (id: string): string => of(view.desk.templates.find((one) => one.id === id)?.title ?? { zh: id, en: id });
  const rows = [
    ...changes,
    ...terms.schedule.map(({ item, percent, reason }) =>
      t('workbench.termsSchedule', { title: scheduleTitle(item), percent: `${percent > 0 ? '+' : percent < 0 ? '−' : ''}${Math.abs(percent)}%`, reason }),
    ),
    ...terms.contingencies.map(({ title, stage, days }) => `${of(title)} · ${t(`workbench.stages.${stage}`)} · ${t('workbench.days', { n: days })}`),
    ...terms.waivers.map(({ warranty, subLimitMinor, days, reason }) =>
      t('workbench.termsWaiver', { title: warrantyTitle(warranty), amount: money({ currency: terms.cover.currency, minor: subLimitMinor }), days, reason }),
    ),
  ];
  if (rows.length === 0) return <p className="faint">{t('workbench.termsAsOffered')}</p>;
  return (
    <ul data-agreed-terms>
      {rows.map((row, i) => (
        <li key={`${i}-${row}`}>{row}</li>
      ))}
    </ul>
  );
}
