import { Button } from 'antd';
import { useRef, useState, type DragEvent } from 'react';
import { useWords } from '../words.ts';
import { Icon } from './icon.tsx';

/** Where files are dropped or chosen; several at once. */
export function DropZone({ onFiles, busy }: { onFiles: (files: File[]) => void; busy: boolean }) {
  const { t } = useWords();
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onFiles([...event.dataTransfer.files]);
  };
  return (
    <div
      className={`drop ${over ? 'drop-over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Icon name="upload" size={28} />
      <p>
        {t('apply.drop')}{' '}
        <Button onClick={() => input.current?.click()} loading={busy}>
          {t('apply.browse')}
        </Button>
      </p>
      <p className="faint">{t('apply.dropHelp')}</p>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('apply.browse')}
        data-reports
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </div>
  );
}
