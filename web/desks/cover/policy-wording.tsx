import { useState } from 'react';
import type { Article, Payment, Wording } from '../../../src/domain/catalogue/index.ts';
import type { PolicyRecord } from '../../api/wire.ts';
import { ChoiceField, TextField } from '../../forms/field.tsx';
import { dateTime, day, plainMoney } from '../../format.ts';
import { Icon } from '../../parts/icon.tsx';
import { Section } from '../../parts/page.tsx';
import { Awaited } from '../../parts/states.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { useWords } from '../../words.ts';
import { endOfDay, usePolicyReplay, usePolicyWording, type PolicyWording } from './queries.ts';
import { WordingText } from './wording-text.tsx';

function Pinned({ found, asOf, record }: { found: PolicyWording; asOf: string | null; record: PolicyRecord }) {
  const { t, of } = useWords();
  const { wording, unchanged, version } = found;
  const at = asOf === null ? '' : `&asOf=${encodeURIComponent(endOfDay(asOf))}`;
  return (
    <>
      <dl className="facts">
        <div>
          <dt>{t('cover.wording.edition')}</dt>
          <dd>
            {of(wording.text.product)} {wording.text.edition}
            <br />
            <span className="faint">
              {t('policy.revision', { n: version })} · {dateTime(found.since)}
            </span>
          </dd>
        </div>
        <div>
          <dt>{t('cover.wording.hash')}</dt>
          <dd>
            <code className="hash">{wording.hash}</code>
            <br />
            <span className={unchanged ? 'good' : 'bad'}>
              <Icon name={unchanged ? 'check' : 'alert'} size={16} /> {t(unchanged ? 'cover.wording.intact' : 'cover.wording.changed')}
            </span>
          </dd>
        </div>
      </dl>
      <p>
        {(['zh', 'en'] as const).map((language) => (
          <a
            key={language}
            className="action"
            lang={language === 'zh' ? 'zh-CN' : 'en'}
            href={`/api/policies/${record.id}/wording/document?language=${language}${at}`}
            download={`${record.policy.number}-wording-${language}.pdf`}
          >
            <Icon name="download" /> {t('cover.wording.pdf')} · {language === 'zh' ? '中文' : 'English'}
          </a>
        ))}
      </p>
      <WordingText wording={wording.text} />
    </>
  );
}

/** The wording that the policy was bound with, in force or as of a day. */
export function PolicyWordingSection({ record }: { record: PolicyRecord }) {
  const { t } = useWords();
  const [asOf, setAsOf] = useState<string | null>(null);
  const found = usePolicyWording(record.id, asOf);
  const notKept = found.error?.code === 'wording-not-pinned';
  return (
    <Section id="wording" title={t('cover.wording.title')} note={t('cover.wording.note')}>
      <TextField
        label={t('cover.wording.asOf')}
        help={t('cover.wording.asOfHelp')}
        optional
        type="date"
        min={day(record.policy.boundAt)}
        value={asOf ?? ''}
        onChange={(date) => setAsOf(date || null)}
      />
      {asOf !== null && (
        <p className="note" role="status">
          {t('cover.wording.asOfPast', { date: asOf })}{' '}
          <button type="button" className="action" onClick={() => setAsOf(null)}>
            {t('cover.wording.back')}
          </button>
        </p>
      )}
      {notKept ? (
        <p className="faint">{t('cover.wording.none')}</p>
      ) : (
        <Awaited query={found}>{(one) => <Pinned found={one} asOf={asOf} record={record} />}</Awaited>
      )}
    </Section>
  );
}

type Line = Payment['trace'][number];

function SettlementTable({ payment, text }: { payment: Payment; text: Wording }) {
  const { t, of } = useWords();
  const articles = new Map(text.sections.flatMap((section) => section.articles.map((article): [string, Article] => [article.ref, article])));
  const amount = (minor: number): string => plainMoney({ currency: payment.currency, minor });
  const cited = ({ article }: Line) => {
    const found = articles.get(article);
    return found ? `${t('cover.wording.article', { n: found.number })} ${of(found.title)}` : t('cover.trial.notTaken');
  };
  const columns: Column<Line & { n: number }>[] = [
    { id: 'n', title: t('cover.trial.line'), cell: (line) => String(line.n) },
    { id: 'article', title: t('cover.trial.article'), heads: true, cell: cited },
    { id: 'in', title: t('cover.trial.in'), align: 'right', cell: (line) => amount(line.amountIn) },
    {
      id: 'taken',
      title: t('cover.trial.taken'),
      align: 'right',
      cell: (line) => (line.amountIn === line.amountOut ? '' : amount(line.amountOut - line.amountIn)),
    },
    { id: 'out', title: t('cover.trial.out'), align: 'right', cell: (line) => amount(line.amountOut) },
  ];
  return (
    <Table
      dense
      caption={t('cover.trial.title')}
      columns={columns}
      rows={payment.trace.map((line, i) => ({ ...line, n: i + 1 }))}
      keyOf={(line) => String(line.n)}
    />
  );
}

/** A published incident under this very policy: what it pays, and by which article each amount falls away. */
export function PolicyTrialSection({ record }: { record: PolicyRecord }) {
  const { t, of, money } = useWords();
  const [chosen, choose] = useState('');
  const replay = usePolicyReplay(record.id);
  const wording = usePolicyWording(record.id, null);
  if (replay.error?.code === 'wording-not-pinned') return null;
  return (
    <Section title={t('cover.trial.title')} note={t('cover.trial.note')}>
      <Awaited query={replay}>
        {({ replays }) => {
          const one = replays.find(({ incident }) => incident.id === chosen) ?? replays[0];
          if (!one || !wording.data) return null;
          const { incident, payment } = one;
          return (
            <>
              <ChoiceField
                label={t('cover.trial.incident')}
                optional
                value={incident.id}
                onChange={choose}
                options={replays.map(({ incident: each }) => [each.id, of(each.title)] as const)}
              />
              <p>{of(incident.outline)}</p>
              <p className="trial-sentence">
                {t('cover.trial.sentence', {
                  loss: money({ currency: payment.currency, minor: payment.lossMinor }),
                  paid: money({ currency: payment.currency, minor: payment.paidMinor }),
                })}
              </p>
              <SettlementTable payment={payment} text={wording.data.wording.text} />
            </>
          );
        }}
      </Awaited>
    </Section>
  );
}
