import { Button } from 'antd';
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import type { Problem } from '../../../api/problem.ts';
import type { Saving } from '../../../forms/autosave.ts';
import { SaveState } from '../../../forms/save-state.tsx';
import { ProblemNote } from '../../../parts/states.tsx';
import { useWords } from '../../../words.ts';

interface StepFrameProps {
  readonly onBack?: (() => void) | undefined;
  /** Called when nothing is wrong any more. */
  readonly onNext: () => void;
  /** How many fields are still wrong; the faults are shown after the first attempt to go on. */
  readonly faults?: number;
  readonly saving?: Saving;
  readonly busy?: boolean;
  /** Whether something that the page itself explains keeps one from going on. */
  readonly blocked?: boolean;
  readonly problem?: Problem | null;
  readonly next?: string;
  readonly children: (showFaults: boolean) => ReactNode;
}

/** A step's form: its fields, what is still wrong at the top when one tries to go on, and the way back and forth. */
export function StepFrame({ onBack, onNext, faults = 0, saving, busy = false, blocked = false, problem, next, children }: StepFrameProps) {
  const { t } = useWords();
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const flush = saving?.flush;
  useEffect(() => {
    const element = form.current!;
    const leave = () => void flush?.();
    element.addEventListener('focusout', leave);
    return () => element.removeEventListener('focusout', leave);
  }, [flush]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (faults > 0) requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
    else if (saving) void saving.flush().then((all) => all && onNext());
    else onNext();
  };
  return (
    <form ref={form} className="form" noValidate onSubmit={submit}>
      {tried && faults > 0 && (
        <p className="note note-problem" role="alert">
          {t('apply.fixFirst', { count: faults })}
        </p>
      )}
      {problem && <ProblemNote problem={problem} />}
      {children(tried)}
      <div className="step-actions">
        {onBack && (
          <Button size="large" onClick={onBack}>
            {t('actions.back')}
          </Button>
        )}
        <Button size="large" type="primary" htmlType="submit" loading={busy} disabled={blocked}>
          {next ?? t('actions.next')}
        </Button>
        {saving && <SaveState saving={saving} />}
      </div>
    </form>
  );
}
