import { useState } from 'react';
import type { Words } from '../i18n.ts';
import { useWords } from '../words.ts';
import { keysAreOn, switchKeys } from './keys.ts';
import { Panel } from './panel.tsx';

/** The list of shortcuts, and the switch that turns single keys off. */
export function KeyHelp({ places, onClose }: { places: readonly { name: keyof Words['places']; key: string }[]; onClose: () => void }) {
  const { t } = useWords();
  const [on, setOn] = useState(keysAreOn());
  const flip = () => {
    switchKeys(!on);
    setOn(!on);
  };
  return (
    <Panel title={t('keys.title')} at="middle" onClose={onClose}>
      <dl className="keys">
        {places.map((place) => (
          <div key={place.key}>
            <dt>
              <kbd>g</kbd> <kbd>{place.key}</kbd>
            </dt>
            <dd>{t(`places.${place.name}`)}</dd>
          </div>
        ))}
        <div>
          <dt>
            <kbd>/</kbd>
          </dt>
          <dd>{t('keys.search')}</dd>
        </div>
        <div>
          <dt>
            <kbd>j</kbd> <kbd>k</kbd>
          </dt>
          <dd>{t('keys.rows')}</dd>
        </div>
        <div>
          <dt>
            <kbd>Enter</kbd>
          </dt>
          <dd>{t('keys.open')}</dd>
        </div>
        <div>
          <dt>
            <kbd>Esc</kbd>
          </dt>
          <dd>{t('keys.close')}</dd>
        </div>
        <div>
          <dt>
            <kbd>?</kbd>
          </dt>
          <dd>{t('keys.help')}</dd>
        </div>
      </dl>
      <label className="check">
        <input type="checkbox" checked={on} onChange={flip} /> {t('keys.on')}
      </label>
    </Panel>
  );
}
