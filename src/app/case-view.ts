import { z } from 'zod';
import { WithdrawnReport } from '../domain/assessment/index.ts';
import { Text } from '../domain/basics/index.ts';
import {
  AuthorityLevel,
  Binder,
  CaseSnapshot,
  ContingencyTemplate,
  MissingItem,
  UnderwritingCase,
  appetiteFor,
  checkRules,
  levelsOf,
  snapshotOf,
} from '../domain/underwriting/index.ts';
import { everyRecord } from './every-record.ts';
import { openLocks } from './case-hold.ts';
import { ContingencyRecord, ofCase, offersOf, readPlace } from './case-place.ts';
import { type Context, operation } from './operation.ts';
import { rulesOf } from './tariff.ts';
import { binders, contingencies } from './underwriting-cases.ts';
import { QuoteRecord, SubmissionRecord, placeApplication, shown } from './underwriting.ts';

const Check = z.strictObject({
  id: z.string(),
  title: Text,
  text: Text,
  result: z.enum(['passed', 'refers', 'declines', 'undecided']),
  authority: z.string().nullable(),
});

const CaseView = z
  .strictObject({
    case: UnderwritingCase,
    submission: SubmissionRecord,
    offers: z.array(QuoteRecord),
    contingencies: z.array(ContingencyRecord),
    binder: Binder.nullable(),
    missing: z.array(MissingItem),
    checks: z.array(Check),
    appetite: z.strictObject({ appetite: z.string(), text: Text }).nullable(),
    /** Reports that the firm took back: they count for nothing, and were in its hands. */
    withdrawn: z.array(WithdrawnReport),
    screeningLists: z.array(z.strictObject({ id: z.string(), title: Text, date: z.string() })),
    openBy: z.string().nullable(),
    broker: z.string().nullable(),
    /** The snapshot of the latest quote, which a decision names as what it was taken on. */
    seen: CaseSnapshot.nullable(),
    desk: z.strictObject({
      levels: z.array(AuthorityLevel),
      mine: z.array(AuthorityLevel),
      templates: z.array(ContingencyTemplate),
      schedule: z.array(z.strictObject({ id: z.string(), mostPercent: z.number(), title: Text })),
      offersAtMost: z.int(),
    }),
  })
  .meta({ id: 'CaseView' });

export const getCase = operation({
  name: 'getCase',
  module: 'underwriting',
  summary: { zh: '查看核保案卷', en: 'Read one case: the submission, its offers, every rule with its answer, what is missing, and one’s own authority' },
  who: 'case:read',
  input: ofCase,
  output: CaseView,
  http: { method: 'GET', path: '/cases/{submission}', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { submission: asked }) => {
    const { place, submission } = await readPlace(context, asked);
    const { desk } = context.content;
    const offers = await offersOf(context, submission.body.offers.length > 0 ? submission.body.offers : [submission.body.quote ?? ''].filter(Boolean));
    const latest = offers.at(-1) ?? null;
    const application = await placeApplication(context, place, latest?.body.quote.cover ?? submission.body.cover);
    const { checks, missing } = checkRules(application, await rulesOf(context, submission.body.insurer));
    const row = appetiteFor(place.file.body.firm, desk.appetite);
    const brokers = await context.organisationsOf('broker');
    return CaseView.parse({
      case: place.opened.body,
      submission: shown(submission),
      offers: offers.map(shown),
      contingencies: (await everyRecord(context, contingencies, { submission: asked })).map(({ id: one, version, body }) => ({ id: one, version, ...body })),
      binder: await binderOf(context, latest?.body.policy ?? null),
      ...{ checks, missing },
      appetite: row === null ? null : { appetite: row.appetite, text: row.text },
      withdrawn: place.file.body.withdrawn ?? [],
      screeningLists: desk.screening.lists.map(({ id: list, title, date }) => ({ id: list, title, date })),
      openBy: (await openLocks(context)).get(place.opened.id)?.name ?? null,
      broker: brokers.find(({ id: one }) => one === submission.organisation)?.name ?? null,
      seen: latest === null ? null : snapshotOf(latest.body.quote, latest.body.assessmentVersion),
      desk: {
        levels: desk.authority.levels,
        mine: levelsOf(context.actor.roles, desk.authority.levels),
        templates: [...desk.contingencies.values()],
        schedule: [...desk.schedule.values()],
        offersAtMost: desk.authority.offersAtMost,
      },
    });
  },
});

async function binderOf({ records }: Context, policy: string | null): Promise<Binder | null> {
  if (policy === null) return null;
  return (await records.list(binders, { where: { policy }, limit: 1 })).items[0]?.body ?? null;
}
