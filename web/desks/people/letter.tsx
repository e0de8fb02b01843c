import { Button, Input } from 'antd';
import { useState } from 'react';
import { useWords } from '../../words.ts';

/** The text of an e-mail to copy: this system sends none itself, and the link in it is shown this once. */
export function Letter({ text }: { text: string }) {
  const { t } = useWords();
  const [copied, setCopied] = useState(false);
  const copy = () =>
    void navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <div className="note note-good" role="status">
      <div className="letter">
        <p>{t('people.letterNote')}</p>
        <Input.TextArea readOnly autoSize aria-label={t('people.letter')} value={text} onFocus={(event) => event.target.select()} />
        <p className="row">
          <Button onClick={copy}>{t('people.copy')}</Button>
          <span role="status">{copied && t('people.copied')}</span>
        </p>
      </div>
    </div>
  );
}
