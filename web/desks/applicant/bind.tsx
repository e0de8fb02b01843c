import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import type { Problem } from '../../api/problem.ts';
import { useCoverages, usePapers, useQuote } from '../../api/queries.ts';
import { request } from '../../api/request.ts';
import type { PolicyRecord, QuoteRecord } from '../../api/wire.ts';
import { capitalAmount, clock } from '../../format.ts';
import { Amount } from '../../parts/amount.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { AwaitedPage, Empty, ProblemNote } from '../../parts/states.tsx';
import { useWords } from '../../words.ts';
import type { AcceptedDocument, PaperInForce } from '../../../src/domain/policy/index.ts';
import { SubsidyLine, useShownSubsidy } from '../subsidy/quote-subsidy.tsx';
import { OpenBefore, useOpenBefore } from './quote/open-before.tsx';
import { PaperDialog } from './quote/papers.tsx';
import { hasExpired, totalOf } from './quote.tsx';

interface Reading {
  hash?: string;
  openedAt?: string;
  readToEnd?: boolean;
  acceptedAt?: string;
}
type Readings = Partial<Record<AcceptedDocument, Reading>>;

const keyFor = (quote: string): string => {
  const name = `riskloop.bind.${quote}`;
  const key = sessionStorage.getItem(name) ?? crypto.randomUUID();
  sessionStorage.setItem(name, key);
  return key;
};

const acceptancesOf = (readings: Readings) =>
  Object.entries(readings).flatMap(([document, { hash, openedAt, acceptedAt }]) =>
    hash && openedAt && acceptedAt ? [{ document, hash, openedAt, acceptedAt }] : [],
  );

/**
 * Binds with a key that outlives a reload, so that a second press or a lost answer never binds twice. “Already bound” by another device is the
 * same success: it shows the same policy.
 */
function useBind(quote: QuoteRecord, subsidyMinor: number | undefined) {
  const navigate = useNavigate();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (readings: Readings): Promise<string> => {
      const body = { acceptances: acceptancesOf(readings), ...(subsidyMinor === undefined ? {} : { subsidyMinor }) };
      const bound = await request<PolicyRecord>('POST', `/api/quotes/${quote.id}/bind`, { body, key: keyFor(quote.id) }).catch((problem: Problem) => {
        if (problem.code === 'already-bound' && typeof problem.facts.policy === 'string') return { id: problem.facts.policy };
        throw problem;
      });
      return bound.id;
    },
    onError: (problem: Problem) => {
      if (problem.code !== 'subsidy-changed') return;
      for (const queryKey of [['subsidies'], ['subsidy-applications']]) void client.invalidateQueries({ queryKey });
    },
    onSuccess: async (policy) => {
      for (const queryKey of [['quote', quote.id], ['quotes'], ['policies'], ['submissions'], ['subsidies'], ['subsidy-applications']])
        void client.invalidateQueries({ queryKey });
      await navigate({ to: '/policies/$policy', params: { policy }, search: { bound: true } as never });
    },
  });
}

/** One document: open, read to its end, then tick. The times are kept with the policy. */
function PaperLine({ paper, reading, onOpen, onAccept }: { paper: PaperInForce; reading: Reading; onOpen: () => void; onAccept: (accepted: boolean) => void }) {
  const { t, of } = useWords();
  const title = of(paper.title);
  return (
    <li className={`paper ${reading.acceptedAt ? 'paper-done' : ''}`}>
      <div>
        <strong>{title}</strong>
        <span className="faint num">
          {reading.openedAt && ` ${t('bind.openedAt', { time: clock(reading.openedAt) })}`}
          {reading.acceptedAt && ` · ${t('bind.acceptedAt', { time: clock(reading.acceptedAt) })}`}
        </span>
      </div>
      <Button onClick={onOpen} aria-label={`${t('bind.open')} ${title}`}>
        {t('bind.open')}
      </Button>
      <label className="check">
        <input type="checkbox" disabled={!reading.readToEnd} checked={reading.acceptedAt !== undefined} onChange={(event) => onAccept(event.target.checked)} />
        {t('bind.read', { document: title })}
      </label>
      {!reading.readToEnd && <p className="faint small">{t('bind.readFirst')}</p>}
    </li>
  );
}

function Review({ record }: { record: QuoteRecord }) {
  const { t, language } = useWords();
  const total = totalOf(record);
  const { quote } = record;
  return (
    <Section title={t('bind.review')}>
      <dl className="facts">
        <div>
          <dt>{t('bind.insured')}</dt>
          <dd>{quote.insured.name}</dd>
        </div>
        <div>
          <dt>{t('quote.limit')}</dt>
          <dd>
            <Amount money={{ currency: quote.cover.currency, minor: quote.cover.limitMinor }} />
          </dd>
        </div>
        <div>
          <dt>{t('quote.retention')}</dt>
          <dd>
            <Amount money={{ currency: quote.cover.currency, minor: quote.cover.retentionMinor }} />
          </dd>
        </div>
        <div>
          <dt>{t('bind.start')}</dt>
          <dd>{quote.cover.from ?? t('bind.startToday')}</dd>
        </div>
        <div>
          <dt>{t('bind.amount')}</dt>
          <dd>
            <strong>
              <Amount money={total} />
            </strong>
            {language === 'zh' && <br />}
            {language === 'zh' && <span>{capitalAmount(total)}</span>}
          </dd>
        </div>
      </dl>
    </Section>
  );
}

function BindForm({ record, papers }: { record: QuoteRecord; papers: readonly PaperInForce[] }) {
  const { t, of, money } = useWords();
  const id = useId();
  const coverages = useCoverages();
  const [readings, setReadings] = useState<Readings>({});
  const [open, setOpen] = useState<PaperInForce | null>(null);
  const [typed, setTyped] = useState('');
  const bind = useBind(record, useShownSubsidy(record.id));
  const before = useOpenBefore(record) ?? [];
  const note = (name: AcceptedDocument, part: Reading) => setReadings((before) => ({ ...before, [name]: { ...before[name], ...part } }));
  const accepted = acceptancesOf(readings).length;
  const phrase = t('bind.phrase');
  const missing = [
    before.length > 0 && t('workbench.openBefore', { open: before.length, titles: before.map(({ title }) => of(title)).join(t('punctuation.list')) }),
    accepted < papers.length && t('bind.needDocuments'),
    typed.trim().toLowerCase() !== phrase.toLowerCase() && t('bind.needPhrase'),
  ]
    .filter(Boolean)
    .join(t('punctuation.list'));
  const show = (paper: PaperInForce) => {
    note(paper.id, { hash: paper.hash, openedAt: readings[paper.id]?.openedAt ?? new Date().toISOString() });
    setOpen(paper);
  };
  const accept = (name: AcceptedDocument, yes: boolean) =>
    setReadings((before) => {
      const { acceptedAt: _, ...rest } = before[name] ?? {};
      return { ...before, [name]: yes ? { ...rest, acceptedAt: new Date().toISOString() } : rest };
    });
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (missing === '' && !bind.isPending) bind.mutate(readings);
      }}
    >
      {bind.error && <ProblemNote problem={bind.error} />}
      <OpenBefore open={before} />
      <p className="num" role="status">
        {t('bind.progress', { n: accepted })}
      </p>
      <ul className="papers">
        {papers.map((paper) => (
          <PaperLine key={paper.id} paper={paper} reading={readings[paper.id] ?? {}} onOpen={() => show(paper)} onAccept={(yes) => accept(paper.id, yes)} />
        ))}
      </ul>
      <Review record={record} />
      <SubsidyLine quote={record.id} />
      <div className="field">
        <label htmlFor={id}>{t('bind.typeLabel', { phrase })}</label>
        <Input id={id} size="large" autoComplete="off" value={typed} onChange={(event) => setTyped(event.target.value)} />
      </div>
      {missing !== '' && <p className="faint">{t('bind.notYet', { what: missing })}</p>}
      <div className="step-actions">
        <Link to="/quotes/$quote" params={{ quote: record.id }} className="action">
          {t('actions.back')}
        </Link>
        <Button type="primary" size="large" htmlType="submit" disabled={missing !== ''} loading={bind.isPending}>
          {bind.isPending ? t('bind.submitting') : t('bind.submit', { premium: money(totalOf(record)) })}
        </Button>
      </div>
      {open && (
        <PaperDialog
          paper={open}
          cover={record.quote.cover}
          coverages={coverages.data ?? []}
          of={of}
          onEnd={() => note(open.id, { readToEnd: true })}
          onClose={() => setOpen(null)}
        />
      )}
    </form>
  );
}

function BindView({ record, papers }: { record: QuoteRecord; papers: readonly PaperInForce[] }) {
  const { t } = useWords();
  const closed = record.policy ? 'quote.sentenceBound' : 'bind.cannot';
  const ready = record.state === 'quoted' && record.quote.binding && !hasExpired(record);
  return (
    <Page kind={`${t('bind.kind')} · ${record.firm}`} sentence={t(ready ? 'bind.sentence' : closed)}>
      {ready ? (
        <BindForm record={record} papers={papers} />
      ) : (
        <Empty title={t(closed)}>
          <p>
            {record.policy ? (
              <Link to="/policies/$policy" params={{ policy: record.policy }} className="action action-main">
                <Icon name="shield" /> {t('quote.openPolicy')}
              </Link>
            ) : (
              <Link to="/quotes/$quote" params={{ quote: record.id }} className="action">
                {t('home.openQuote')}
              </Link>
            )}
          </p>
        </Empty>
      )}
    </Page>
  );
}

/** S7, second half: notice, terms, exclusions, each opened and ticked; review; typed confirmation; bound once. */
export function Bind() {
  const { quote } = useParams({ from: '/inside/quotes/$quote/bind' });
  const record = useQuote(quote);
  const papers = usePapers();
  return <AwaitedPage query={papers}>{(read) => <AwaitedPage query={record}>{(found) => <BindView record={found} papers={read} />}</AwaitedPage>}</AwaitedPage>;
}
