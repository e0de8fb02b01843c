import { useEffect } from 'react';

const kept = 'riskloop.keys';

/** Whether single keys act as shortcuts; a reader who dictates or types by switch can turn them off (WCAG 2.1.4). */
export const keysAreOn = (): boolean => localStorage.getItem(kept) !== 'off';
export const switchKeys = (on: boolean): void => localStorage.setItem(kept, on ? 'on' : 'off');

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

/** Moves the focus by `step` among the rows or cards of the page that can be opened. */
function moveRow(step: number): void {
  const rows = [...document.querySelectorAll<HTMLElement>('.table-opens tbody a, .row-list > li a.row-link, .row-list > li > button')];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  rows[Math.max(0, Math.min(rows.length - 1, at + step))]?.focus();
}

/** Installs the shortcuts of the shell: `?` help, `/` search, `g` and a letter to go, `j` and `k` between rows. */
export function useKeys({ go, help }: { go: Readonly<Record<string, () => void>>; help: () => void }): void {
  useEffect(() => {
    let afterG = 0;
    const plain: Record<string, () => void> = {
      '?': help,
      '/': () => document.querySelector<HTMLElement>('[data-search]')?.focus(),
      j: () => moveRow(1),
      k: () => moveRow(-1),
      g: () => {
        afterG = Date.now();
      },
    };
    const onKey = (event: KeyboardEvent) => {
      if (!keysAreOn() || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector('dialog[open]')) return;
      const act = Date.now() - afterG < 1500 && go[event.key] ? go[event.key] : plain[event.key];
      if (!act) return;
      event.preventDefault();
      if (event.key !== 'g') afterG = 0;
      act();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [go, help]);
}
