import { Refusal, requireMove, type Instant, type Lifecycle } from '../../basics/index.ts';
import type { CaseQueue, InformationRequest, Signature, UnderwritingCase } from './case-file.ts';
import type { ReleaseGround } from './clearance.ts';

/** Queues that a case can be in once the rules have decided an offer: a further offer, an answer or a decision leads from each to the others. */
const decided: readonly CaseQueue[] = ['straight-through', 'person', 'information', 'offered', 'closed'];

/** How a case goes from queue to queue. It begins blocked instead where clearance holds it against an earlier one. */
export const caseLifecycle: Lifecycle<CaseQueue> = {
  of: 'case',
  first: 'new',
  moves: {
    blocked: ['new', 'closed'],
    new: decided,
    'straight-through': decided,
    person: decided,
    information: decided,
    offered: decided,
    closed: decided,
  },
};

/** The case in a queue from now on. Throws a Refusal `move-not-allowed`. */
export function moveCase(opened: UnderwritingCase, queue: CaseQueue, at: Instant): UnderwritingCase {
  requireMove(caseLifecycle, opened.queue, queue);
  return { ...opened, queue, since: at };
}

/** The case when nothing of it is left to do: bound, expired or given to another broker. */
export const closeCase = (opened: UnderwritingCase, at: Instant): UnderwritingCase => ({ ...moveCase(opened, 'closed', at), proposal: null });

/** Asks the applicant for more; what was proposed falls. */
export const askForInformation = (opened: UnderwritingCase, request: Omit<InformationRequest, 'answer'>): UnderwritingCase => ({
  ...moveCase(opened, 'information', request.at),
  proposal: null,
  requests: [...opened.requests, { ...request, answer: null }],
});

/** The applicant's answer; the case goes back to a person with the last one. Throws a Refusal `nothing-asked`. */
export function answerInformation(opened: UnderwritingCase, request: string, answer: NonNullable<InformationRequest['answer']>): UnderwritingCase {
  const open = opened.requests.find((one) => one.id === request && one.answer === null);
  if (open === undefined) throw new Refusal('conflict', 'nothing-asked', 'this is not asked, or was answered already', { request });
  const requests = opened.requests.map((one) => (one === open ? { ...one, answer } : one));
  const goesBack = opened.queue === 'information' && requests.every((one) => one.answer !== null);
  return { ...(goesBack ? moveCase(opened, 'person', answer.at) : opened), requests };
}

/** Lets a case go on that clearance held. Throws a Refusal `nothing-to-decide` for one that it did not hold. */
export function releaseBlocked(
  opened: UnderwritingCase,
  { ground, reason, by, name, at }: Signature & { readonly ground: ReleaseGround; readonly reason: string },
): UnderwritingCase {
  const { clearance } = opened;
  if (clearance.state !== 'blocked') throw new Refusal('conflict', 'nothing-to-decide', 'this submission is not held', { state: clearance.state });
  return { ...moveCase(opened, 'new', at), clearance: { ...clearance, state: 'released', released: { ground, reason, by, name, at } } };
}

/** Takes a hit of the screening for another party. Throws a Refusal `screening-hit-unknown`. */
export function clearHit(opened: UnderwritingCase, cleared: Signature & { readonly key: string; readonly reason: string }): UnderwritingCase {
  const { screening } = opened;
  if (!screening?.hits.some(({ key }) => key === cleared.key))
    throw new Refusal('bad-input', 'screening-hit-unknown', 'there is no such hit in this case', { field: 'key' });
  return { ...opened, screening: { ...screening, cleared: [...screening.cleared.filter(({ key }) => key !== cleared.key), cleared] } };
}
