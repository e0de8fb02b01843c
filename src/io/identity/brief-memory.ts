/**
 * Remembers answers for half a second, so that a busy client costs the database one question instead of one per request. What is changed
 * in this process is forgotten at once (`forget`); what another process changed is seen half a second later at the latest.
 */
export interface BriefMemory<T> {
  recall(key: string, ask: () => Promise<T>): Promise<T>;
  forget(): void;
}

export const memoryMillis = 500;
const maxEntries = 10_000;

export function briefMemory<T>(now: () => number): BriefMemory<T> {
  const kept = new Map<string, { answer: Promise<T>; until: number }>();
  return {
    recall(key, ask) {
      const known = kept.get(key);
      if (known !== undefined && known.until > now()) return known.answer;
      if (kept.size >= maxEntries) kept.clear();
      const answer = ask();
      kept.set(key, { answer, until: now() + memoryMillis });
      // A question that failed is asked again, not remembered.
      answer.catch(() => kept.delete(key));
      return answer;
    },
    forget: () => kept.clear(),
  };
}
