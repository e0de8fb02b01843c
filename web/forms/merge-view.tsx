import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { Panel } from '../parts/panel.tsx';
import { useWords } from '../words.ts';
import { ChipsField } from './field.tsx';
import type { Conflict } from './use-merging-save.ts';
import './merge-view.css';

interface MergeProps<T> {
  readonly conflict: Conflict<T>;
  readonly nameOf: (key: string) => string;
  readonly shown: (value: unknown) => ReactNode;
  /** Told which fields stay as they are here. */
  readonly onResolve: (mineKept: readonly string[]) => void;
  /** Told when the choice is put off. */
  readonly onLater: () => void;
}

/** Fields that two people changed at once, each as it was, as it is here and as the other one saved it. */
export function MergeView<T extends Readonly<Record<string, unknown>>>({
  conflict: { base, mine, theirs, keys },
  nameOf,
  shown,
  onResolve,
  onLater,
}: MergeProps<T>) {
  const { t } = useWords();
  const [whose, setWhose] = useState<Readonly<Record<string, 'mine' | 'theirs'>>>({});
  const ways = { base, mine, theirs };
  return (
    <Panel title={t('people.mergeTitle')} at="middle" onClose={onLater}>
      <p>{t('people.mergeNote')}</p>
      <ul className="merge">
        {keys.map((key) => (
          <li key={key}>
            <h3>{nameOf(key)}</h3>
            <dl className="merge-ways">
              {(['base', 'mine', 'theirs'] as const).map((way) => (
                <div key={way}>
                  <dt>{t(`people.merge.${way}`)}</dt>
                  <dd>{shown(ways[way][key])}</dd>
                </div>
              ))}
            </dl>
            <ChipsField
              legend={t('people.mergeChoose', { name: nameOf(key) })}
              value={whose[key] ?? null}
              options={[
                ['mine', t('people.merge.mine')],
                ['theirs', t('people.merge.theirs')],
              ]}
              onChange={(side) => setWhose({ ...whose, [key]: side })}
            />
          </li>
        ))}
      </ul>
      <Button type="primary" disabled={keys.some((key) => !whose[key])} onClick={() => onResolve(keys.filter((key) => whose[key] === 'mine'))}>
        {t('people.mergeDone')}
      </Button>
    </Panel>
  );
}
