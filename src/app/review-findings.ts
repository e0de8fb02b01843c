import { z } from 'zod';
import { noticesDue, type Assessment } from '../domain/assessment/index.ts';
import type { Stored } from '../io/interfaces.ts';
import { assessments, reassessNow, type AssessmentFile } from './assessment.ts';
import type { AssessedFindings } from './counted-findings.ts';
import { eventsIn, openOwn } from './finding-deeds.ts';
import { notices, tellOnce } from './notices.ts';
import { operation, type Context } from './operation.ts';

export const reviewFindings = operation({
  name: 'reviewFindings',
  module: 'assessment',
  summary: { zh: '每日复核漏洞状态', en: 'Look at every finding of the organisation anew: ended acceptances, passed deadlines, new threats' },
  who: 'system:run',
  input: z.strictObject({}),
  output: z.strictObject({ assessments: z.int(), changed: z.int(), notices: z.int() }),
  http: null,
  schedule: 'daily-for-each-organisation',
  effect: 'write',
  run: async (context) => {
    const done = { assessments: 0, changed: 0, notices: 0 };
    for (let after: string | null = null; ;) {
      const page: { items: readonly Stored<AssessmentFile>[]; next: string | null } = await context.records.list(assessments, { after, limit: 50 });
      for (const { id, organisation } of page.items) {
        if (organisation !== context.actor.organisation) continue;
        const one = await reviewOne(context, id);
        done.assessments += 1;
        done.changed += one.changed;
        done.notices += one.notices;
      }
      if (page.next === null) break;
      after = page.next;
    }
    context.note(done);
    return done;
  },
});

async function reviewOne(context: Context, id: string): Promise<{ changed: number; notices: number }> {
  const { stored, found } = await openOwn(context, id);
  const told = new Set(await subjectsTold(context, id));
  let news = 0;
  for (const notice of noticesDue(id, found.tracked, told)) {
    if (await tellOnce(context, notice)) news += 1;
    const decider = notice.kind === 'dispute-overdue' ? deciderOf(found, notice.weakness!) : null;
    if (decider !== null && decider !== context.actor.organisation) await tellOnce(context.deskOf(decider), notice);
  }
  const result = reassessNow(context, stored.body, found);
  if (result === null || !differs(stored.body.result, result)) return { changed: 0, notices: news };
  await context.records.save(assessments, id, stored.version, { ...stored.body, result });
  return { changed: 1, notices: news };
}

const deciderOf = (found: AssessedFindings, weakness: string): string | null =>
  eventsIn(found, weakness).findLast((event) => event.kind === 'disputed')?.decider ?? null;

async function subjectsTold({ records }: Context, assessment: string): Promise<string[]> {
  const subjects: string[] = [];
  for (let after: string | null = null; ;) {
    const page: Awaited<ReturnType<typeof records.list<(typeof notices)['schema']>>> = await records.list(notices, {
      where: { assessment },
      after,
      limit: 200,
    });
    subjects.push(...page.items.map(({ body }) => body.subject));
    if (page.next === null) return subjects;
    after = page.next;
  }
}

/** Time alone moves every number a little each day; a new version is worth keeping when something that somebody acts on has moved. */
function differs(before: Assessment, after: Assessment): boolean {
  const gist = ({ grade, gate, findings }: Assessment): string =>
    JSON.stringify([
      grade,
      gate.blockers.map(({ code, finding }) => [code, finding]),
      findings.map(({ finding, counts, knownExploited, epss }) => [finding, counts, knownExploited, epss]),
    ]);
  return Math.abs(before.score - after.score) >= 0.5 || gist(before) !== gist(after);
}
