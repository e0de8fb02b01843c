import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { listableAssets } from '../../../../src/domain/assessment/index.ts';
import { useAssessment, useAssessments, useSession } from '../../../api/queries.ts';
import { day, dateTime } from '../../../format.ts';
import { Page, Section } from '../../../parts/page.tsx';
import { Panel } from '../../../parts/panel.tsx';
import { Awaited, ProblemNote } from '../../../parts/states.tsx';
import { Table, type Column } from '../../../parts/table.tsx';
import { useWords } from '../../../words.ts';
import { Authorisations } from './authorisations.tsx';
import { Checks, Rules } from './checks.tsx';
import { ProveAsset } from './prove.tsx';
import { useAddAssets, useAssets, useChecks, useScanSwitch, useSetSwitch, type Asset } from './queries.ts';

/** The switch that stops everything, at the top because it is looked for in a hurry. */
function StopSwitch({ mayWrite }: { mayWrite: boolean }) {
  const { t } = useWords();
  const state = useScanSwitch();
  const set = useSetSwitch();
  if (!state.data) return null;
  const { stopped, by, at } = state.data;
  return (
    <div className="row" role="status">
      <p className={stopped ? 'bad' : 'faint'}>{stopped ? t('assets.stopped', { by: by ?? '', at: at === null ? '' : dateTime(at) }) : t('assets.running')}</p>
      {mayWrite && (
        <Button danger={!stopped} loading={set.isPending} onClick={() => set.mutate(!stopped)}>
          {t(stopped ? 'assets.resume' : 'assets.stop')}
        </Button>
      )}
      {set.error && <ProblemNote problem={set.error} />}
    </div>
  );
}

/** As many as the server lists at once. */
const mostAtOnce = 200;
/** More names than a note can hold are cut. */
const mostNamed = 6;

/** One name a line; of a pasted CSV the first column. */
const namesOf = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) =>
        line
          .split(/[,;\t]/)[0]!
          .replaceAll('"', '')
          .trim(),
      )
      .filter(Boolean),
  ),
];

function AddAssets() {
  const { t } = useWords();
  const add = useAddAssets();
  const [text, setText] = useState('');
  const id = useId();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate(namesOf(text), { onSuccess: () => setText('') });
      }}
    >
      <label htmlFor={id}>{t('assets.names')}</label>
      <Input.TextArea id={id} rows={3} value={text} aria-describedby={`${id}-help`} onChange={(event) => setText(event.target.value)} />
      <p id={`${id}-help`} className="faint">
        {t('assets.addHelp')}
      </p>
      {add.error && <ProblemNote problem={add.error} />}
      <Button type="primary" htmlType="submit" loading={add.isPending} disabled={namesOf(text).length === 0}>
        {t('assets.add')}
      </Button>
    </form>
  );
}

/** The assets that the newest assessment declares and that are not listed here yet, to be taken over in one go; how both lists differ stands above. */
function DeclaredAssets({ listed, mayWrite }: { listed: readonly Asset[]; mayWrite: boolean }) {
  const { t } = useWords();
  const add = useAddAssets();
  const newest = useAssessments().data?.items[0];
  const declared = useAssessment(newest?.id ?? '').data?.firm.assets ?? [];
  const names = listableAssets(
    declared,
    listed.map(({ name }) => name),
  ).slice(0, mostAtOnce);
  return (
    <>
      <p className="section-note">{t('assets.twoLists')}</p>
      {mayWrite && names.length > 0 && (
        <div className="note">
          <div>
            <p>{t('assets.declared', { count: names.length })}</p>
            <p className="break">{names.slice(0, mostNamed).join(t('punctuation.list')) + (names.length > mostNamed ? ' …' : '')}</p>
            {add.error && <ProblemNote problem={add.error} />}
            <Button loading={add.isPending} onClick={() => add.mutate(names)}>
              {t('assets.takeDeclared')}
            </Button>
          </div>
        </div>
      )}
    </>
  );
}

function AssetTable({ assets, onOpen }: { assets: readonly Asset[]; onOpen: (asset: Asset) => void }) {
  const { t } = useWords();
  const checks = useChecks();
  const lastOf = ({ id }: Asset): string | null =>
    checks.data?.find(({ asset, endedAt, state }) => asset === id && endedAt !== null && state !== 'refused')?.endedAt ?? null;
  const columns: Column<Asset>[] = [
    { id: 'name', title: t('assets.asset'), heads: true, cell: (one) => <span className="break">{one.name}</span> },
    { id: 'kind', title: t('assets.type'), cell: (one) => t(`assets.types.${one.kind}`) },
    { id: 'state', title: t('assets.state'), cell: (one) => t(`assets.states.${one.state}`, { until: one.proof === null ? '' : day(one.proof.until) }) },
    {
      id: 'last',
      title: t('assets.lastCheck'),
      cell: (one) => {
        const last = lastOf(one);
        return last === null ? t('assets.never') : <span className="num">{dateTime(last)}</span>;
      },
    },
    {
      id: 'open',
      title: <span className="only-heard">{t('assets.prove')}</span>,
      label: t('assets.prove'),
      bare: true,
      cell: (one) => <Button onClick={() => onOpen(one)}>{t('assets.prove')}</Button>,
    },
  ];
  return (
    <Table
      caption={t('assets.kind')}
      columns={columns}
      rows={assets}
      keyOf={({ id }) => id}
      empty={<p>{t('assets.none')}</p>}
      exported={{ from: '/api/exports/assets' }}
    />
  );
}

/** The firm's own assets: whose they are, what may be sent to them, and what was sent. */
export function Assets() {
  const { t } = useWords();
  const session = useSession();
  const assets = useAssets();
  const [opened, setOpened] = useState<string | null>(null);
  const may = (permission: 'asset:write' | 'scan:start'): boolean => session.data?.permissions.includes(permission) ?? false;
  const proven = assets.data?.filter(({ state }) => state === 'proven' || state === 'expiring').length ?? 0;
  const open = assets.data?.find(({ id }) => id === opened);
  return (
    <Page
      kind={t('assets.kind')}
      sentence={assets.data && assets.data.length > 0 ? t('assets.sentence', { count: assets.data.length, proven }) : t('assets.rule')}
      wide
    >
      <StopSwitch mayWrite={may('asset:write')} />
      <Awaited query={assets}>
        {(items) => (
          <>
            <Section title={t('assets.asset')} note={t('assets.rule')}>
              {session.data?.permissions.includes('assessment:read') && <DeclaredAssets listed={items} mayWrite={may('asset:write')} />}
              <AssetTable assets={items} onOpen={({ id }) => setOpened(id)} />
              {may('asset:write') && <AddAssets />}
            </Section>
            <Authorisations assets={items} mayWrite={may('asset:write')} />
          </>
        )}
      </Awaited>
      <Checks />
      <Rules />
      {open && (
        <Panel title={open.name} onClose={() => setOpened(null)}>
          <ProveAsset asset={open} mayStart={may('scan:start')} />
        </Panel>
      )}
    </Page>
  );
}
