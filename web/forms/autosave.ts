import { useCallback, useEffect, useRef, useState } from 'react';
import type { Problem } from '../api/problem.ts';

const prefix = 'riskloop.draft.';

/** Reads what was kept on this device; null when nothing was, or when it cannot be read any more. */
export function keptDraft<T>(name: string): T | null {
  try {
    return JSON.parse(localStorage.getItem(prefix + name) ?? 'null') as T | null;
  } catch {
    return null;
  }
}

export const keepDraft = (name: string, value: unknown): void => localStorage.setItem(prefix + name, JSON.stringify(value));
export const dropDraft = (name: string): void => localStorage.removeItem(prefix + name);

/** A value that outlives a reload of the page on this device. */
export function useDraft<T>(name: string, first: () => T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => keptDraft<T>(name) ?? first());
  const change = useCallback(
    (next: T) => {
      keepDraft(name, next);
      setValue(next);
    },
    [name],
  );
  return [value, change];
}

export interface Saving {
  readonly state: 'clean' | 'waiting' | 'saving' | 'saved' | 'refused';
  readonly at: string | null;
  readonly problem: Problem | null;
  /** Saves at once what is not saved yet; true when the server has everything. */
  readonly flush: () => Promise<boolean>;
}

const restMillis = 1000;
const longestWaitMillis = 5000;

/**
 * Sends a value to the server when it has rested for a second, after five seconds of typing without a rest, and when the focus leaves the form, one sending at a time. Until the server has it, it is kept
 * on this device under `name`. A value that cannot be sent yet (null) is only kept. After a lost connection it is tried again every five seconds.
 */
export function useAutosave<T>({
  name,
  value,
  saved,
  send,
}: {
  name: string;
  value: T | null;
  /** What the server has; a draft kept on this device that differs from it is sent at once. */
  saved: T | null;
  send: (value: T) => Promise<unknown>;
}): Saving {
  const [status, setStatus] = useState<Omit<Saving, 'flush'>>({ state: 'clean', at: null, problem: null });
  const sent = useRef(JSON.stringify(saved));
  const waitingSince = useRef<number | null>(null);
  const latest = useRef(value);
  latest.current = value;
  const sender = useRef(send);
  sender.current = send;
  const line = useRef(Promise.resolve(true));

  const push = useCallback(async (): Promise<boolean> => {
    const now = latest.current;
    const text = JSON.stringify(now);
    if (now === null) return false;
    if (text === sent.current) return true;
    setStatus((before) => ({ ...before, state: 'saving' }));
    try {
      await sender.current(now);
      sent.current = text;
      if (JSON.stringify(latest.current) === text) dropDraft(name);
      setStatus({ state: 'saved', at: new Date().toISOString(), problem: null });
      return true;
    } catch (problem) {
      setStatus((before) => ({ ...before, state: 'refused', problem: problem as Problem }));
      return false;
    }
  }, [name]);

  const flush = useCallback(() => (line.current = line.current.then(push)), [push]);
  const text = JSON.stringify(value);
  useEffect(() => {
    if (text === sent.current) return;
    setStatus((before) => ({ ...before, state: 'waiting' }));
    waitingSince.current ??= Date.now();
    const longest = waitingSince.current + longestWaitMillis - Date.now();
    const timer = setTimeout(
      () => {
        waitingSince.current = null;
        void flush();
      },
      Math.max(0, Math.min(restMillis, longest)),
    );
    return () => clearTimeout(timer);
  }, [text, flush]);
  useEffect(() => {
    if (status.problem?.status !== 0) return;
    const timer = setInterval(() => void flush(), 5000);
    return () => clearInterval(timer);
  }, [status.problem, flush]);
  return { ...status, flush };
}
