import { Link, useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { writeTableCsv } from '../../../src/domain/rating/index.ts';
import { request } from '../../api/request.ts';
import { FactorCurve } from '../../charts/factor-curve.tsx';
import { ChipsField } from '../../forms/field.tsx';
import { number, shortMoney } from '../../format.ts';
import { Icon } from '../../parts/icon.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { Source } from '../../parts/provenance.tsx';
import { AwaitedPage } from '../../parts/states.tsx';
import { useWords } from '../../words.ts';
import './actuary.css';
import { saveFile, tableName } from './names.ts';
import { NumberTable, type Numbers } from './number-table.tsx';
import { ParameterBrowser } from './parameters.tsx';
import { useRatebook, type FilingPack, type RatebookView, type Table } from './queries.ts';

const spreadsheet = 'text/csv;charset=utf-8';

export function TableDownload({ table, numbers, version }: { table: Table; numbers: Numbers; version: string }) {
  const words = useWords();
  return (
    <button
      type="button"
      className="link"
      onClick={() => saveFile(`${version}-${table.id}.csv`, writeTableCsv(table, numbers), spreadsheet)}
      aria-label={words.t('tariff.tableCsvNamed', { table: tableName(table.id, words) })}
    >
      <Icon name="download" size={16} /> {words.t('tariff.tableCsv')}
    </button>
  );
}

/** The filing pack: each document as a file of its own, and all of them as one. */
export function Filing({
  path,
  version,
  workbook,
}: {
  workbook?: string;
  path: `/api/ratebooks/${string}/filing` | `/api/ratebook-proposals/${string}/filing`;
  version: string;
}) {
  const { t } = useWords();
  const [pack, setPack] = useState<FilingPack | null>(null);
  const [wrong, setWrong] = useState('');
  const open = () =>
    request<FilingPack>('GET', path).then(setPack, (problem: Error) => {
      setWrong(problem.message);
    });
  return (
    <Section title={t('tariff.filing')} note={t('tariff.filingNote')}>
      {pack === null ? (
        <button type="button" className="action" onClick={() => void open()}>
          {t('tariff.filingMake')}
        </button>
      ) : (
        <ul className="downloads">
          {pack.documents.map(({ name, mediaType, text }) => (
            <li key={name}>
              <button type="button" className="link" onClick={() => saveFile(`${version}-${name}`, text, mediaType)}>
                <Icon name="download" size={16} /> {name}
              </button>
            </li>
          ))}
          <li>
            <button type="button" className="link" onClick={() => saveFile(`${version}-filing.json`, JSON.stringify(pack, null, 2), 'application/json')}>
              <Icon name="download" size={16} /> {t('tariff.filingAll')}
            </button>
          </li>
          <li className="faint small break">
            {t('tariff.hash')} <code>{pack.hash}</code>
          </li>
        </ul>
      )}
      {workbook && (
        <p>
          <a href={workbook}>
            <Icon name="download" size={16} /> {t('tariff.workbook')}
          </a>
        </p>
      )}
      {wrong && <p role="alert">{wrong}</p>}
    </Section>
  );
}

/** The factors of limit and waiting period as pictures, one peril at a time. */
export function Factors({ view }: { view: Pick<RatebookView, 'limitFactors' | 'waitingFactors'> }) {
  const { t, of, language } = useWords();
  const [peril, setPeril] = useState(view.limitFactors[0]!.peril);
  const [limit, waiting] = [view.limitFactors, view.waitingFactors].map((curves) => curves.find((one) => one.peril === peril));
  return (
    <Section title={t('tariff.factors')} note={t('tariff.factorsNote')}>
      <ChipsField legend={t('tariff.peril')} value={peril} onChange={setPeril} options={view.limitFactors.map((one) => [one.peril, of(one.title)] as const)} />
      <div className="two tariff-curves">
        <FactorCurve
          title={t('tariff.limitFactors')}
          sentence={t('tariff.limitSentence', { peril: of(limit!.title), factor: number(limit!.points.at(-1)!.factor, 2) })}
          points={limit!.points}
          nameOf={(at) => shortMoney({ currency: 'CNY', minor: at * 100 }, language)}
        />
        {waiting === undefined ? (
          <p className="faint">{t('tariff.noWaiting')}</p>
        ) : (
          <FactorCurve
            title={t('tariff.waitingFactors')}
            sentence={t('tariff.waitingSentence', { peril: of(waiting.title), factor: number(waiting.points.at(-1)!.factor, 2) })}
            points={waiting.points}
            nameOf={(at) => t('tariff.hours', { hours: at })}
          />
        )}
      </div>
    </Section>
  );
}

function Tables({ view, numbers }: { view: RatebookView; numbers: Numbers }) {
  const words = useWords();
  return (
    <Section title={words.t('tariff.tablesTitle')} note={words.t('tariff.tablesNote')}>
      {view.tables.map((table, i) => (
        <details key={table.id} className="tariff-table" open={i === 0}>
          <summary>
            <strong>{tableName(table.id, words)}</strong> <span className="faint num">{table.rows.length}</span>
          </summary>
          <NumberTable table={table} numbers={numbers} perils={view.limitFactors} />
          <TableDownload table={table} numbers={numbers} version={view.version} />
        </details>
      ))}
    </Section>
  );
}

function Browser({ view }: { view: RatebookView }) {
  const { t, of, language } = useWords();
  const numbers = useMemo(() => new Map(view.numbers.map((one) => [one.key, one])), [view]);
  return (
    <Page
      kind={`${t('tariff.kind')} · ${view.version}`}
      sentence={t('tariff.versionSentence', {
        title: of(view.title),
        state: t(`tariff.versionStates.${view.state}`),
        count: view.parameters,
        priors: view.priors,
      })}
      wide
      aside={
        <Link to="/tariff" className="action">
          {t('tariff.back')}
        </Link>
      }
    >
      <Source
        parts={[
          [t('tariff.effectiveFrom'), view.effectiveFrom],
          [t('tariff.until'), view.until ?? t('tariff.openEnd')],
          [t('tariff.origin'), t(`tariff.origins.${view.origin}`)],
          [t('tariff.hash'), view.hash.slice(0, 12)],
        ]}
      />
      <Tables view={view} numbers={numbers} />
      <Factors view={view} />
      <ParameterBrowser view={view} />
      <Filing path={`/api/ratebooks/${view.version}/filing`} version={view.version} workbook={`/api/ratebooks/${view.version}/workbook?language=${language}`} />
    </Page>
  );
}

/** One version of the tariff: its tables in the order of the steps, its factors as pictures, every number with its source. */
export function RatebookPage() {
  const { ratebook } = useParams({ from: '/inside/tariff/versions/$ratebook' });
  const query = useRatebook(ratebook);
  return <AwaitedPage query={query}>{(view) => <Browser view={view} />}</AwaitedPage>;
}
