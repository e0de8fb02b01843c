import { Button, Input } from 'antd';
import { useState } from 'react';
import { zh } from '../../texts/zh.ts';
import { useWords } from '../../words.ts';
import type { FixRow } from './rows.ts';
import { firstView, searchOf, type View } from './view.ts';

interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly onChange: (value: string) => void;
}

function Select({ label, value, options, onChange }: SelectProps) {
  const { t } = useWords();
  return (
    <select className="select" aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
      {options.map(([id, name]) => (
        <option key={id} value={id}>
          {label}
          {t('punctuation.colon')}
          {name}
        </option>
      ))}
    </select>
  );
}

interface FilterProps {
  readonly view: View;
  readonly rows: readonly FixRow[];
  readonly change: (part: Partial<View>) => void;
}

/** Everything that the list can be narrowed by. */
export function FixFilters({ view, rows, change }: FilterProps) {
  const { t } = useWords();
  const states = Object.keys(zh.tracked.state) as (keyof typeof zh.tracked.state)[];
  const owners = new Map(rows.flatMap(({ tracked }) => (tracked?.assignee ? [[tracked.assignee.user, tracked.assignee.name] as const] : [])));
  const all = ['', t('tracked.all')] as const;
  return (
    <div className="filters fix-filters no-print">
      <Input
        data-search
        allowClear
        aria-label={t('tracked.filter.text')}
        placeholder={t('tracked.filter.text')}
        value={view.text}
        onChange={(event) => change({ text: event.target.value })}
      />
      <Select
        label={t('tracked.filter.show')}
        value={view.show}
        onChange={(show) => change({ show: show as View['show'] })}
        options={[
          ['todo', t('tracked.todo')],
          ['silent', t('tracked.silent')],
          ...states.map((state) => [state, t(`tracked.state.${state}`)] as const),
          ['settled', t('tracked.settled')],
          ['all', t('tracked.all')],
        ]}
      />
      <Select
        label={t('tracked.filter.severity')}
        value={view.severity}
        onChange={(severity) => change({ severity: severity as View['severity'] })}
        options={[all, ...(['critical', 'high', 'medium', 'low', 'info'] as const).map((one) => [one, t(`severity.${one}`)] as const)]}
      />
      <Select
        label={t('tracked.filter.label')}
        value={view.label}
        onChange={(label) => change({ label: label as View['label'] })}
        options={[all, ...(['must-fix', 'affects-premium', 'advice'] as const).map((one) => [one, t(`label.${one}`)] as const)]}
      />
      <Select
        label={t('tracked.filter.due')}
        value={view.due}
        onChange={(due) => change({ due: due as View['due'] })}
        options={[all, ...(['overdue', 'soon'] as const).map((one) => [one, t(`tracked.dueFilter.${one}`)] as const)]}
      />
      <Select
        label={t('tracked.filter.owner')}
        value={view.owner}
        onChange={(owner) => change({ owner })}
        options={[all, ['none', t('tracked.nobody')], ...owners]}
      />
    </div>
  );
}

type Saved = Readonly<Record<string, Partial<View>>>;
const kept = 'riskloop.fix-views';

function savedViews(): Saved {
  try {
    return JSON.parse(localStorage.getItem(kept) ?? '{}') as Saved;
  } catch {
    return {};
  }
}

/** Views that this browser keeps under a name. */
export function SavedViews({ view, change }: { view: View; change: (view: View) => void }) {
  const { t } = useWords();
  const [saved, setSaved] = useState(savedViews);
  const [name, setName] = useState('');
  const keep = (views: Saved) => {
    localStorage.setItem(kept, JSON.stringify(views));
    setSaved(views);
  };
  const save = () => {
    const { open: _, ...rest } = searchOf(view);
    keep({ ...saved, [name.trim()]: rest });
    setName('');
  };
  const differs = Object.keys(searchOf({ ...view, open: '' })).length > 0;
  if (!differs && Object.keys(saved).length === 0) return null;
  return (
    <div className="row saved-views no-print">
      {Object.entries(saved).map(([title, one]) => (
        <span key={title} className="saved-view">
          <button type="button" className="link" onClick={() => change({ ...firstView, ...one })}>
            {title}
          </button>
          <button
            type="button"
            className="link faint"
            aria-label={t('tracked.dropView', { name: title })}
            onClick={() => keep(Object.fromEntries(Object.entries(saved).filter(([other]) => other !== title)))}
          >
            ×
          </button>
        </span>
      ))}
      {differs && (
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <Input
            size="small"
            aria-label={t('tracked.viewName')}
            placeholder={t('tracked.viewName')}
            maxLength={40}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <Button size="small" htmlType="submit" disabled={name.trim() === ''}>
            {t('tracked.saveView')}
          </Button>
        </form>
      )}
    </div>
  );
}
