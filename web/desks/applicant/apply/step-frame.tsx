import { Button } from 'antd';
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import type { Problem } from '../../../api/problem.ts';
import type { Saving } from '../../../forms/autosave.ts';
import { FirmConflict } from './firm-conflict.tsx';
import type { FirmSaving } from './firm-form.ts';
import { SaveState } from '../../../forms/save-state.tsx';
import { ProblemNote } from '../../../parts/states.tsx';
import { useWords } from '../../../words.ts';

interface StepFrameProps {
  readonly onBack?: (() => void) | undefined;
  /** Called when nothing is wrong any more. */
  readonly onNext: () => void;
  /** How many fields are still wrong; the faults are shown after the first attempt to go on. */
  readonly faults?: number;
  readonly saving?: Saving | FirmSaving;
  readonly busy?: boolean;
  /** Whether something that the page itself explains keeps one from going on. */
  readonly blocked?: boolean;
  readonly problem?: Problem | null;
  readonly next?: string;
  readonly children: (showFaults: boolean) => ReactNode;
}

interface Fault {
  readonly id: string;
  readonly text: string;
}

/** The fields marked as wrong, in reading order, with what is said below each. */
const faultsIn = (form: HTMLFormElement): Fault[] =>
  [...form.querySelectorAll<HTMLElement>('[aria-invalid="true"][id]')].map(({ id }) => ({
    id,
    text: document.getElementById(`${id}-error`)?.textContent ?? '',
  }));

const same = (a: readonly Fault[], b: readonly Fault[]): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What is still wrong, each entry a link that takes one to its field. */
function FaultList({ count, faults }: { count: number; faults: readonly Fault[] }) {
  const { t } = useWords();
  return (
    <div className="note note-problem" role="alert">
      <div>
        <p>{t('apply.fixFirst', { count })}</p>
        <ul>
          {faults.map(({ id, text }) => (
            <li key={id}>
              <a
                href={`#${id}`}
                onClick={(event) => {
                  event.preventDefault();
                  document.getElementById(id)?.focus();
                }}
              >
                {text}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

/** A step's form: its fields, what is still wrong at the top when one tries to go on, and the way back and forth. */
export function StepFrame({ onBack, onNext, faults = 0, saving, busy = false, blocked = false, problem, next, children }: StepFrameProps) {
  const { t } = useWords();
  const [tried, setTried] = useState(false);
  const [wrong, setWrong] = useState<readonly Fault[]>([]);
  const form = useRef<HTMLFormElement>(null);
  // Which fields are wrong is known to the fields only: they are read off the form after each drawing.
  useEffect(() => {
    const now = tried ? faultsIn(form.current!) : [];
    setWrong((before) => (same(before, now) ? before : now));
  }, [tried, faults, children]);
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
      {tried && faults > 0 && <FaultList count={faults} faults={wrong} />}
      {problem && <ProblemNote problem={problem} />}
      {saving && 'conflict' in saving && saving.conflict && <FirmConflict {...saving.conflict} />}
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
