import { Button } from 'antd';
import { useState } from 'react';
import { useWords } from '../words.ts';

/** The number of a record in short, in one piece; the whole of it is copied. */
export function IdMark({ id }: { id: string }) {
  const { t } = useWords();
  const [copied, setCopied] = useState(false);
  const copy = () => void navigator.clipboard.writeText(id).then(() => setCopied(true));
  return (
    <span className="id-mark" title={id}>
      <span className="num">…{id.slice(-6)}</span>{' '}
      <Button size="small" type="text" aria-label={t('actions.copyId', { id })} onClick={copy}>
        {t(copied ? 'assets.copied' : 'assets.copy')}
      </Button>
    </span>
  );
}
