import { Refusal, requireMove, type Instant } from '../../basics/index.ts';
import { importLifecycle, type EarlierReceipt, type ImportItem, type ReportEncoding, type ReportImport } from './model.ts';

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
 * Confirms a draft. `standing` are the receipts of the reports that count now, by hash: a file among them is taken in once. Throws a Refusal `import-ended` when
 * somebody was first, `import-still-reading` while a file is being read, `import-repeat-gone` when the report that a file repeats counts no more, so that
 * leaving it out would lose it, `import-empty` when no file in it could be read.
 */
export function confirmImport(draft: ReportImport, hand: Hand, standing: ReadonlyMap<string, EarlierReceipt>): ReportImport {
  requireDraft(draft);
  requireMove(importLifecycle, draft.state, 'confirmed');
  const reading = draft.items.filter(({ state }) => state === 'reading').length;
  if (reading > 0) throw new Refusal('rule', 'import-still-reading', `${reading} files are still being read; nothing was taken in`, { files: reading });
  requireRepeatsStand(draft, standing);
  const items = draft.items.map((item) => {
    const earlier = standing.get(item.hash);
    if (item.state !== 'read') return item;
    return earlier === undefined ? handled(item, hand, 'confirmed', '') : handled({ ...item, state: 'repeated', earlier }, hand, 'recognised', earlier.name);
  });
  if (countable({ items }).length === 0) throw new Refusal('rule', 'import-empty', 'none of the files can be taken in; nothing was changed');
  return { ...draft, items, state: 'confirmed', ended: hand };
}

function requireRepeatsStand({ items }: ReportImport, standing: ReadonlyMap<string, EarlierReceipt>): void {
  const gone = items.find(({ state, hash }) => state === 'repeated' && !standing.has(hash));
  if (gone === undefined) return;
  throw new Refusal(
    'rule',
    'import-repeat-gone',
    `\`${gone.name}\` repeats a report that counts no more; hand it in again, or remove it; nothing was taken in`,
    {
      file: gone.name,
    },
  );
}

/** Discards a draft; its files stay in the store, by their hashes, as what was once handed in. */
export function discardImport(draft: ReportImport, hand: Hand): ReportImport {
  requireDraft(draft);
  requireMove(importLifecycle, draft.state, 'discarded');
  return { ...draft, state: 'discarded', ended: hand };
}

/** The items that would count. */
export const countable = ({ items }: Pick<ReportImport, 'items'>): (ImportItem & { report: NonNullable<ImportItem['report']> })[] =>
  items.flatMap((item) => (item.state === 'read' && item.report !== null ? [{ ...item, report: item.report }] : []));

/** The item with one more entry in its chain of custody. */
export const handled = (item: ImportItem, { by, name, at }: Hand, act: ImportItem['custody'][number]['act'], note: string): ImportItem => ({
  ...item,
  custody: [...item.custody, { at, by, name, act, note: note.slice(0, 1000) }],
});

/** The item to be read again by this job in another encoding. A try replaces the one before, in the chain of custody too: what came of it counts for nothing. */
export function inEncoding(item: ImportItem, encoding: ReportEncoding, job: string, hand: Hand): ImportItem {
  const tried = item.custody.findIndex(({ act }) => act === 'encoding-chosen');
  const custody = tried < 0 ? item.custody : item.custody.slice(0, tried);
  return handled({ ...item, encoding, job, custody, state: 'reading', refusal: null, report: null }, hand, 'encoding-chosen', encoding);
}
