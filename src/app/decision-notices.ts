import type { Instant, Text } from '../domain/basics/index.ts';
import type { Opened } from './finding-deeds.ts';
import { tellOnce } from './notices.ts';
import type { Context } from './operation.ts';

interface Request {
  /** The organisation that is to decide. */
  readonly decider: string;
  readonly about: readonly string[];
  readonly words: Text;
  readonly dueAt: Instant | null;
}

/** Tells the organisation that is to decide what was put to it. */
export const tellAsked = (context: Context, opened: Opened, { decider, about, words, dueAt }: Request): Promise<void> =>
  tell(context, opened, { kind: 'decision-asked', to: decider, about, words, dueAt });

/** Tells the owner of the findings what was decided on its request. */
export const tellDecided = (context: Context, opened: Opened, about: readonly string[], words: Text): Promise<void> =>
  tell(context, opened, { kind: 'decision-made', to: opened.stored.organisation, about, words, dueAt: null });

interface Telling extends Omit<Request, 'decider'> {
  readonly kind: 'decision-asked' | 'decision-made';
  readonly to: string;
}

async function tell(context: Context, { stored, found }: Opened, { kind, to, about, words, dueAt }: Telling): Promise<void> {
  const titles = new Map(found.tracked.map(({ id, title }) => [id, title]));
  for (const weakness of about) {
    const title = titles.get(weakness) ?? weakness;
    const text = { zh: `${words.zh}（${stored.body.firm.name}）：${title}`, en: `${words.en} (${stored.body.firm.name}): ${title}` };
    const subject = `${kind} ${stored.id} ${weakness} ${context.now}`;
    // Whoever asked within the own organisation knows of it already.
    const readBy = to === context.actor.organisation ? { readBy: [context.actor.user] } : {};
    await tellOnce(context.deskOf(to), { kind, subject, assessment: stored.id, weakness, text, dueAt, ...readBy });
  }
}
