import { useEffect, useRef, type ReactNode } from 'react';
import { useWords } from '../words.ts';
import { Icon } from './icon.tsx';

/** A dialog, at the side or in the middle. The browser keeps the focus inside and gives it back when the dialog closes. */
export function Panel({ title, onClose, children, at = 'side' }: { title: string; onClose: () => void; children: ReactNode; at?: 'side' | 'middle' }) {
  const { t } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const closed = useRef(onClose);
  closed.current = onClose;
  useEffect(() => {
    const element = dialog.current!;
    const tell = () => closed.current();
    const touchOutside = (event: MouseEvent) => event.target === element && element.close();
    element.addEventListener('close', tell);
    element.addEventListener('click', touchOutside);
    if (!element.open) element.showModal();
    return () => {
      // Closing gives the focus back; the event that follows would tell of a closing that nobody asked for.
      element.removeEventListener('close', tell);
      element.removeEventListener('click', touchOutside);
      element.close();
    };
  }, []);
  return (
    <dialog ref={dialog} className={`panel panel-${at}`} aria-label={title}>
      <div className="panel-inside">
        <header className="panel-head">
          <h2>{title}</h2>
          <button type="button" className="bar-button" aria-label={t('actions.close')} onClick={onClose}>
            <Icon name="close" />
          </button>
        </header>
        <div className="panel-body">{children}</div>
      </div>
    </dialog>
  );
}
