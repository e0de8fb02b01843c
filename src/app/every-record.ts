import type { z } from 'zod';
import type { RecordKind, Stored } from '../io/interfaces.ts';
import type { Context } from './operation.ts';

/** Records in the largest page of a list. */
export const fullPage = 200;

/** Every record of a kind that this organisation may see and that has these columns, page by page. */
export async function everyRecord<S extends z.ZodType>(
  { records }: Pick<Context, 'records'>,
  kind: RecordKind<S>,
  where: Readonly<Record<string, string>> = {},
): Promise<Stored<z.infer<S>>[]> {
  const found: Stored<z.infer<S>>[] = [];
  for (let after: string | null = null; ;) {
    const page: { items: readonly Stored<z.infer<S>>[]; next: string | null } = await records.list(kind, { where, after, limit: fullPage });
    found.push(...page.items);
    if (page.next === null) return found;
    after = page.next;
  }
}
