import { useEffect, type ReactNode } from 'react';
import { useWords } from '../words.ts';

/**
 * A page: what it is (small), the sentence that answers the visitor's question (the heading), then everything else. The sentence becomes the
 * title of the window.
 */
export function Page({
  kind,
  sentence,
  aside,
  wide = false,
  children,
}: {
  kind: string;
  sentence: string;
  aside?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}) {
  const { t } = useWords();
  useEffect(() => {
    document.title = `${kind} · ${t('product.name')}`;
  }, [kind, t]);
  return (
    <article className={`page ${wide ? 'page-wide' : ''}`}>
      <header className="page-head">
        <div>
          <p className="page-kind">{kind}</p>
          <h1>{sentence}</h1>
        </div>
        {aside && <div className="page-aside">{aside}</div>}
      </header>
      {children}
    </article>
  );
}

/** A part of a page under its own heading. */
export function Section({ title, note, actions, children, id }: { title: string; note?: ReactNode; actions?: ReactNode; children: ReactNode; id?: string }) {
  return (
    <section className="section" {...(id === undefined ? {} : { id })}>
      <header className="section-head">
        <h2>{title}</h2>
        {actions && <div className="section-actions">{actions}</div>}
      </header>
      {note && <p className="section-note">{note}</p>}
      {children}
    </section>
  );
}
