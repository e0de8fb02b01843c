import { useSyncExternalStore } from 'react';
import type { Shade } from '../look/theme.ts';

const kept = 'riskloop.shade';
const dark = matchMedia('(prefers-color-scheme: dark)');
const still = matchMedia('(prefers-reduced-motion: reduce)');
const listeners = new Set<() => void>();

const current = (): Shade => (localStorage.getItem(kept) as Shade | null) ?? (dark.matches ? 'dark' : 'light');

function tell(): void {
  document.documentElement.dataset.theme = current();
  listeners.forEach((listener) => listener());
}

dark.addEventListener('change', tell);
still.addEventListener('change', tell);
tell();

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** Light or dark: as chosen on this device, else as the system says. */
export const useShade = (): Shade => useSyncExternalStore(subscribe, current);
export const useStill = (): boolean => useSyncExternalStore(subscribe, () => still.matches);

export function chooseShade(shade: Shade): void {
  localStorage.setItem(kept, shade);
  tell();
}
