import { Button, Skeleton } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import type { Problem } from '../api/problem.ts';
import { explain } from '../api/problems.ts';
import { useWords } from '../words.ts';
import { Icon } from './icon.tsx';

/** The layout to come, drawn in grey; nothing for the first 300 ms, and words after 3 s. */
export function Loading({ rows = 6 }: { rows?: number }) {
  const { t } = useWords();
  const [stage, setStage] = useState(0);
  useEffect(() => {
    const timers = [setTimeout(() => setStage(1), 300), setTimeout(() => setStage(2), 3000)];
    return () => timers.forEach(clearTimeout);
  }, []);
  return (
    <div className="loading" role="status" aria-live="polite">
      <span className="only-heard">{t('states.loading')}</span>
      {stage > 0 && <Skeleton active title paragraph={{ rows }} />}
      {stage > 1 && <p className="faint">{t('states.slow')}</p>}
    </div>
  );
}

const lineArt = (
  <svg className="line-art" width="120" height="72" viewBox="0 0 120 72" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
    <path d="M8 62h104M24 62V26l18-12 18 12v36M34 62V44h16v18M72 62V34h28v28M80 42h4M88 42h4M80 50h4M88 50h4" />
    <path d="M96 14a9 9 0 1 1-7 3.4" strokeLinecap="round" />
  </svg>
);

/** Why there is nothing here, and the one next step. */
export function Empty({ title, children, heads = false }: { title: string; children?: ReactNode; heads?: boolean }) {
  return (
    <div className="empty">
      {lineArt}
      {heads ? <h1 className="empty-title">{title}</h1> : <p className="empty-title">{title}</p>}
      {children}
    </div>
  );
}

/** What happened, what was kept, what to do, and the number to quote; said aloud when it appears. */
export function ProblemNote({ problem, onRetry }: { problem: Problem; onRetry?: () => void }) {
  const { t } = useWords();
  const said = explain(problem, t);
  return (
    <div className="note note-problem" role="alert">
      <Icon name="alert" />
      <div>
        <strong>{said.happened}</strong>
        <p>{[said.kept, said.next].filter(Boolean).join(' ')}</p>
        {problem.errors.length > 0 && (
          <ul>
            {problem.errors.slice(0, 8).map((one) => (
              <li key={one.path}>
                <code>{one.path}</code> {one.message}
              </li>
            ))}
          </ul>
        )}
        {problem.instance && (
          <p className="faint">
            {t('states.number')} {problem.instance}
          </p>
        )}
        {onRetry && <Button onClick={onRetry}>{t('states.retry')}</Button>}
      </div>
    </div>
  );
}

/** A place that the signed-in roles may not see: who can grant it, never a blank page. */
export function Forbidden() {
  const { t } = useWords();
  return (
    <Empty heads title={t('states.forbidden')}>
      <p>{t('states.forbiddenNext')}</p>
    </Empty>
  );
}

/** The state of one question to the server: waiting, refused, or its answer given to `children`. */
export function Awaited<T>({
  query,
  children,
  rows,
}: {
  query: { data: T | undefined; error: Error | null; refetch: () => unknown };
  children: (data: T) => ReactNode;
  rows?: number;
}) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  const problem = query.error as Problem | null;
  if (problem?.code === 'not-permitted') return <Forbidden />;
  if (problem?.status === 404) return <Missing />;
  return problem ? <ProblemNote problem={problem} onRetry={() => query.refetch()} /> : <Loading {...(rows === undefined ? {} : { rows })} />;
}

/** The same for a whole page: while its answer is awaited it is a page too, with the width and a heading of one. */
export function AwaitedPage<T>({
  query,
  children,
}: {
  query: { data: T | undefined; error: Error | null; refetch: () => unknown };
  children: (data: T) => ReactNode;
}) {
  const { t } = useWords();
  if (query.data !== undefined) return <>{children(query.data)}</>;
  return (
    <div className="page">
      {!isFinal(query.error) && <h1 className="only-heard">{t('states.loading')}</h1>}
      <Awaited query={query}>{children}</Awaited>
    </div>
  );
}

/** Whether the state shown has a heading of its own. */
const isFinal = (error: Error | null): boolean => error !== null && ((error as Problem).code === 'not-permitted' || (error as Problem).status === 404);

/** Nothing at this address, or nothing that the viewer may know of: the same answer for both. */
export function Missing() {
  const { t } = useWords();
  return (
    <Empty heads title={t('states.missing')}>
      <p>{t('states.missingNext')}</p>
      <p>
        <a href="/">{t('states.toHome')}</a>
      </p>
    </Empty>
  );
}
