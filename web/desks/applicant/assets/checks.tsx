import { dateTime } from '../../../format.ts';
import { Section } from '../../../parts/page.tsx';
import { SeverityMark } from '../../../parts/severity.tsx';
import { Awaited } from '../../../parts/states.tsx';
import { Table, type Column } from '../../../parts/table.tsx';
import { zh } from '../../../texts/zh.ts';
import { useWords } from '../../../words.ts';
import { useChecks, useRules, type Check } from './queries.ts';

type Reason = keyof typeof zh.assets.reasons;
const isKnown = (code: string): code is Reason => code in zh.assets.reasons;

/** Every job that sent packets, or was kept from it, and why. */
export function Checks() {
  const { t } = useWords();
  const checks = useChecks();
  const columns: Column<Check>[] = [
    { id: 'at', title: t('assets.at'), cell: (one) => <span className="num">{dateTime(one.createdAt)}</span> },
    { id: 'asset', title: t('assets.asset'), heads: true, cell: (one) => <span className="break">{one.name}</span> },
    { id: 'state', title: t('assets.checkState'), cell: (one) => t(`assets.checkStates.${one.state}`) },
    { id: 'reason', title: t('assets.reason'), cell: (one) => one.reason !== null && (isKnown(one.reason) ? t(`assets.reasons.${one.reason}`) : one.reason) },
    { id: 'connections', title: t('assets.connections'), align: 'right', cell: (one) => one.connections },
    { id: 'by', title: t('assets.by'), wideOnly: true, cell: (one) => one.askedBy },
  ];
  return (
    <Section title={t('assets.checks')} note={t('assets.checksNote')}>
      <Awaited query={checks}>
        {(items) => (
          <Table dense caption={t('assets.checks')} columns={columns} rows={items} keyOf={({ id }) => id} exported={{ from: '/api/exports/posture-checks' }} />
        )}
      </Awaited>
    </Section>
  );
}

/** The text of every rule, open to whoever is judged by it. */
export function Rules() {
  const { t, of } = useWords();
  const rules = useRules();
  return (
    <Section title={t('assets.rules')} note={t('assets.rulesNote')}>
      <Awaited query={rules}>
        {(list) => (
          <details>
            <summary>{t('assets.rulesOpen', { count: list.length })}</summary>
            <dl>
              {list.map((rule) => (
                <div key={rule.id}>
                  <dt>
                    <SeverityMark severity={rule.severity} /> {of(rule.title)}
                  </dt>
                  <dd>{of(rule.rule)}</dd>
                </div>
              ))}
            </dl>
          </details>
        )}
      </Awaited>
    </Section>
  );
}
