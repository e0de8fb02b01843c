import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Checkbox, Input } from 'antd';
import { useEffect, useState } from 'react';
import { useSession } from '../../../api/queries.ts';
import { keysAreOn } from '../../../parts/keys.ts';
import { Page, Section } from '../../../parts/page.tsx';
import { Panel } from '../../../parts/panel.tsx';
import { Awaited, Empty, Forbidden, ProblemNote } from '../../../parts/states.tsx';
import { Table } from '../../../parts/table.tsx';
import { useWords } from '../../../words.ts';
import { WaitingCancellations } from '../../cancellation/waiting.tsx';
import { CasePreview } from './case-preview.tsx';
import { useCaseColumns } from './case-columns.tsx';
import { useCases, useClaimNext, useReleaseCases } from './queries.ts';
import { keepViews, savedViews, views, inView, type SavedView, type View } from './views.ts';
import type { CaseRow, Level } from './wire.ts';
import './workbench.css';

/** A case that can be released: its quote is named, so that only what was looked at is released. */
const releasable = (row: CaseRow): row is CaseRow & { quote: string } => row.queue === 'straight-through' && row.quote !== null;
const mostAtOnce = 20;

function ViewButtons({ items, view, choose }: { items: readonly CaseRow[]; view: View; choose: (view: View) => void }) {
  const { t } = useWords();
  return (
    <div className="desk-views" role="group" aria-label={t('workbench.queueLabel')}>
      {views.map((one) => (
        <button key={one} type="button" className="desk-view" aria-pressed={one === view} onClick={() => choose(one)}>
          {t(`workbench.queues.${one}`)} <span className="num">{items.filter((row) => inView(row, one)).length}</span>
        </button>
      ))}
    </div>
  );
}

interface Filter {
  readonly view: View;
  readonly mine: boolean;
  readonly text: string;
}

function SavedViews({ filter, use }: { filter: Filter; use: (saved: SavedView) => void }) {
  const { t } = useWords();
  const [saved, setSaved] = useState(savedViews);
  const [name, setName] = useState('');
  const keep = (next: SavedView[]) => {
    keepViews(next);
    setSaved(next);
  };
  return (
    <div className="desk-saved" role="group" aria-label={t('workbench.savedViews')}>
      {saved.map((one) => (
        <span key={one.name} className="desk-saved-one">
          <button type="button" className="desk-view" onClick={() => use(one)}>
            {one.name}
          </button>
          <button
            type="button"
            className="bar-button"
            aria-label={t('workbench.dropView', { name: one.name })}
            onClick={() => keep(saved.filter(({ name: other }) => other !== one.name))}
          >
            ×
          </button>
        </span>
      ))}
      <Input
        aria-label={t('workbench.viewName')}
        placeholder={t('workbench.viewName')}
        value={name}
        maxLength={30}
        onChange={(event) => setName(event.target.value)}
      />
      <Button
        disabled={name.trim() === ''}
        onClick={() => {
          keep([...saved.filter((one) => one.name !== name.trim()), { ...filter, name: name.trim() }]);
          setName('');
        }}
      >
        {t('workbench.saveView')}
      </Button>
    </div>
  );
}

function MyAuthority({ levels, items }: { levels: readonly Level[]; items: readonly CaseRow[] }) {
  const { t, of, short } = useWords();
  const people = new Map<string, number>();
  for (const row of items.filter(({ queue }) => queue === 'person' || queue === 'information'))
    people.set(row.assignee ?? t('workbench.unassigned'), (people.get(row.assignee ?? t('workbench.unassigned')) ?? 0) + 1);
  return (
    <div className="two">
      <Section title={t('workbench.authority')}>
        {levels.length === 0 ? (
          <p className="faint">{t('workbench.noAuthority')}</p>
        ) : (
          <ul className="desk-lines">
            {levels.map((level) => (
              <li key={level.level}>
                {t('workbench.authorityLine', {
                  title: of(level.title),
                  limit: short({ currency: 'CNY', minor: level.limitMinor }),
                  premium: short({ currency: 'CNY', minor: level.premiumMinor }),
                  percent: level.schedulePercent,
                  waivers: level.waivers,
                })}
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title={t('workbench.team')}>
        <ul className="desk-lines">
          {[...people].map(([name, count]) => (
            <li key={name}>
              {name} <span className="num">{count}</span>
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}

/** Lists every case that is to be released, and releases all or none. */
function ReleaseDialog({ rows, onClose, onDone }: { rows: readonly (CaseRow & { quote: string })[]; onClose: () => void; onDone: (count: number) => void }) {
  const { t, money } = useWords();
  const release = useReleaseCases();
  const run = () =>
    release.mutate(
      rows.map(({ submission, quote }) => ({ submission, quote })),
      { onSuccess: ({ released }) => onDone(released.length) },
    );
  return (
    <Panel title={t('workbench.releaseTitle', { count: rows.length })} onClose={onClose} at="middle">
      <p className="faint">{t('workbench.releaseNote')}</p>
      <ul className="desk-lines">
        {rows.map((row) => (
          <li key={row.submission}>
            {row.firm} · {row.summary && money({ currency: row.summary.currency, minor: row.summary.premiumMinor })}
          </li>
        ))}
      </ul>
      {release.error && <ProblemNote problem={release.error} />}
      <Button type="primary" loading={release.isPending} onClick={run}>
        {t('workbench.releaseConfirm')}
      </Button>
    </Panel>
  );
}

/** `n` takes the next case, as the button does. */
function useNextKey(take: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && ['INPUT', 'TEXTAREA', 'SELECT'].includes(event.target.tagName);
      if (event.key !== 'n' || typing || event.ctrlKey || event.metaKey || event.altKey || !keysAreOn() || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      take();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [take]);
}

function Desk({ items, levels, may }: { items: readonly CaseRow[]; levels: readonly Level[]; may: boolean }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const search = useSearch({ from: '/inside/underwriting' });
  const me = useSession().data?.user.name ?? '';
  const next = useClaimNext();
  const [filter, setFilter] = useState<Filter>({ view: search.view ?? 'person', mine: false, text: '' });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [preview, setPreview] = useState<string | null>(null);
  const [releasing, setReleasing] = useState<readonly (CaseRow & { quote: string })[] | null>(null);
  const [said, setSaid] = useState('');
  const take = () => {
    if (!may) return;
    next.mutate(undefined, {
      onSuccess: ({ submission }) =>
        submission === null ? setSaid(t('workbench.claimedNone')) : void navigate({ to: '/underwriting/$submission', params: { submission } }),
    });
  };
  useNextKey(take);
  const choose = (view: View) => {
    setFilter({ ...filter, view });
    setChosen(new Set());
    void navigate({ to: '/underwriting', search: { view }, replace: true });
  };
  const rows = items.filter(
    (row) => inView(row, filter.view) && (!filter.mine || row.assignee === me) && row.firm.toLowerCase().includes(filter.text.trim().toLowerCase()),
  );
  const toggle = (submission: string) => {
    const without = new Set([...chosen].filter((one) => one !== submission));
    setChosen(without.size < chosen.size ? without : chosen.size >= mostAtOnce ? chosen : new Set([...chosen, submission]));
  };
  const picked = rows.filter((row) => chosen.has(row.submission)).filter(releasable);
  const columns = useCaseColumns({ onFocus: setPreview });
  const pick = {
    id: 'pick',
    title: <span className="only-heard">{t('workbench.pick')}</span>,
    bare: true,
    cell: (row: CaseRow) => (
      <Checkbox
        aria-label={t('workbench.choose', { firm: row.firm })}
        checked={chosen.has(row.submission)}
        onClick={(event) => event.stopPropagation()}
        onChange={() => toggle(row.submission)}
      />
    ),
  };
  const shown = items.find(({ submission }) => submission === preview);
  return (
    <>
      <ViewButtons items={items} view={filter.view} choose={choose} />
      <div className="desk-bar">
        <Input
          data-search
          allowClear
          className="search"
          aria-label={t('lists.filter')}
          placeholder={t('lists.filter')}
          value={filter.text}
          onChange={(event) => setFilter({ ...filter, text: event.target.value })}
        />
        <Checkbox checked={filter.mine} onChange={(event) => setFilter({ ...filter, mine: event.target.checked })}>
          {t('workbench.mineOnly')}
        </Checkbox>
        {may && <Button onClick={take}>{t('workbench.claimNext')}</Button>}
        {may && picked.length > 0 && (
          <Button type="primary" onClick={() => setReleasing(picked)}>
            {t('workbench.releaseMany', { count: picked.length })}
          </Button>
        )}
      </div>
      <p className="desk-said" role="status">
        {chosen.size >= mostAtOnce ? t('workbench.mostAtOnce') : said}
      </p>
      {next.error && <ProblemNote problem={next.error} />}
      <div className="desk">
        <div className="desk-list">
          <Table
            caption={t(`workbench.queues.${filter.view}`)}
            columns={may && filter.view === 'straight-through' ? [pick, ...columns] : columns}
            rows={rows}
            keyOf={(row) => row.submission}
            onOpen={(row) => setPreview(row.submission)}
            exported={{ from: '/api/exports/cases', all: true }}
            dense
            empty={
              <Empty title={t('workbench.none')}>
                <p className="faint">{t('workbench.noneNext')}</p>
              </Empty>
            }
          />
        </div>
        <aside className="desk-preview" aria-label={t('workbench.preview')}>
          {shown === undefined ? (
            <p className="faint">{t('workbench.previewNone')}</p>
          ) : (
            <CasePreview row={shown} {...(may && releasable(shown) ? { onRelease: () => setReleasing([shown]) } : {})} />
          )}
        </aside>
      </div>
      <SavedViews filter={filter} use={(saved) => setFilter({ view: saved.view, mine: saved.mine, text: saved.text })} />
      <MyAuthority levels={levels} items={items} />
      {releasing && (
        <ReleaseDialog
          rows={releasing}
          onClose={() => setReleasing(null)}
          onDone={(count) => {
            setReleasing(null);
            setChosen(new Set());
            setSaid(t('workbench.released', { count }));
          }}
        />
      )}
    </>
  );
}

/** S12: the desk's queues with a preview beside them; `n` takes the next, `j` and `k` move, Enter opens. */
export function Workbench() {
  const { t } = useWords();
  const may = useSession().data?.permissions ?? [];
  const cases = useCases();
  if (!may.includes('case:read'))
    return (
      <div className="page">
        <Forbidden />
      </div>
    );
  const items = cases.data?.items ?? [];
  const count = (queue: CaseRow['queue']) => items.filter((row) => row.queue === queue).length;
  return (
    <Page kind={t('workbench.kind')} sentence={t('workbench.sentence', { person: count('person'), straight: count('straight-through') })} wide>
      <WaitingCancellations />
      <Awaited query={cases}>{(found) => <Desk items={found.items} levels={found.mine.levels} may={may.includes('case:decide')} />}</Awaited>
    </Page>
  );
}
