import { Refusal, requireMove, type Instant } from '../../basics/index.ts';
import { importLifecycle, type ImportItem, type ReportImport } from './model.ts';

/** Who does something, and when. */
export interface Hand {
  readonly by: string;
  readonly name: string;
  readonly at: Instant;
}

/** Throws a Refusal `import-ended` (conflict) that says who ended it, when and how. */
export function requireDraft({ state, ended }: ReportImport): void {
  if (state === 'draft' || ended === null) return;
  const what = state === 'confirmed' ? 'confirmed' : 'discarded';
  throw new Refusal('conflict', 'import-ended', `${ended.name} ${what} this import at ${ended.at}; it was not ${what} twice`, {
    state,
    name: ended.name,
    at: ended.at,
  });
}

/**
 * Confirms a draft. Throws a Refusal `import-ended` when somebody was first, `import-still-reading` while a file is being read, `import-empty` when no file
 * in it could be read.
 */
export function confirmImport(draft: ReportImport, hand: Hand): ReportImport {
  requireDraft(draft);
  requireMove(importLifecycle, draft.state, 'confirmed');
  const reading = draft.items.filter(({ state }) => state === 'reading').length;
  if (reading > 0) throw new Refusal('rule', 'import-still-reading', `${reading} files are still being read; nothing was taken in`, { files: reading });
  if (countable(draft).length === 0) throw new Refusal('rule', 'import-empty', 'none of the files can be taken in; nothing was changed');
  const items = draft.items.map((item) => (item.state === 'read' ? handled(item, hand, 'confirmed', '') : item));
  return { ...draft, items, state: 'confirmed', ended: hand };
}

/** Discards a draft; its files stay in the store, by their hashes, as what was once handed in. */
export function discardImport(draft: ReportImport, hand: Hand): ReportImport {
  requireDraft(draft);
  requireMove(importLifecycle, draft.state, 'discarded');
  return { ...draft, state: 'discarded', ended: hand };
}

/** The items that would count. */
export const countable = ({ items }: ReportImport): (ImportItem & { report: NonNullable<ImportItem['report']> })[] =>
  items.flatMap((item) => (item.state === 'read' && item.report !== null ? [{ ...item, report: item.report }] : []));

/** The item with one more entry in its chain of custody. */
export const handled = (item: ImportItem, { by, name, at }: Hand, act: ImportItem['custody'][number]['act'], note: string): ImportItem => ({
  ...item,
  custody: [...item.custody, { at, by, name, act, note: note.slice(0, 1000) }],
});
