import type { Arithmetic } from './arithmetic.ts';
import type { Borne, Group, Member, StepContext, StepResult } from './group.ts';
import type { Contract, Evaluation, GroupKey, Item, Level, Step, TermsMemory, TraceLine } from './model.ts';
import { applyAggregate } from './steps/aggregate.ts';
import { applyCap } from './steps/cap.ts';
import { applyCover } from './steps/cover.ts';
import { applyFranchise } from './steps/franchise.ts';
import { applyLayer } from './steps/layer.ts';
import { applyReinstate } from './steps/reinstate.ts';
import { applyRetain } from './steps/retain.ts';
import { applyShare } from './steps/share.ts';
import { applyWait } from './steps/wait.ts';

/** What happens while a contract is evaluated; `memory` and `trace` grow. */
interface Run {
  readonly arithmetic: Arithmetic;
  readonly memory: { retained: Record<string, number>; used: Record<string, number> };
  readonly trace: TraceLine[];
}

/**
 * What a contract pays of items, step by step. The memory that is given is not changed; the one returned holds what this evaluation used.
 * Throws a Refusal `loss-hours-missing` when a waiting period meets an item without hours.
 */
export function evaluate(contract: Contract, items: readonly Item[], memory: TermsMemory, arithmetic: Arithmetic): Evaluation {
  const run: Run = { arithmetic, memory: { retained: { ...memory.retained }, used: { ...memory.used } }, trace: [] };
  let members: Member[] = items.map((item) => ({ item, amount: item.amount, retained: 0, room: Number.POSITIVE_INFINITY }));
  for (const level of contract.levels) members = passLevel(level, members, run);
  const payable = members.map(({ item, amount }) => ({ item: item.id, amount }));
  return { payable, total: payable.reduce((sum, { amount }) => sum + amount, 0), trace: run.trace, memory: run.memory };
}

function passLevel(level: Level, members: readonly Member[], run: Run): Member[] {
  const passed = new Map<Member, Member>();
  for (const group of groupsOf(level, members)) {
    const { out, borne } = passSteps(level, group, run);
    const parts = out > group.entered ? givenBack(group, out, run) : run.arithmetic.allocate(out, weightsOf(level, group));
    group.members.forEach((member, i) => passed.set(member, { item: member.item, amount: parts[i]!, ...shareOf(borne, group, member) }));
  }
  return members.map((member) => passed.get(member) ?? member);
}

/** What a level gives back goes to the items pro rata to what was retained of them. */
function givenBack({ members, entered }: Group, out: number, { arithmetic }: Run): number[] {
  const back = arithmetic.allocate(
    out - entered,
    members.map(({ retained }) => retained),
  );
  return members.map(({ amount }, i) => amount + back[i]!);
}

/** A member's part of what its group has borne, pro rata to what entered; only sums over groups are ever read. */
function shareOf({ retained, room }: Borne, { entered, members }: Group, { amount }: Member): Borne {
  const part = entered === 0 ? 1 / members.length : amount / entered;
  return { retained: retained * part, room: part === 0 ? 0 : room * part };
}

/** Groups in the order of their first items. */
function groupsOf({ by, heads }: Level, members: readonly Member[]): Group[] {
  const groups = new Map<string, Member[]>();
  members.forEach((member) => {
    if (heads !== null && !heads.includes(member.item.head)) return;
    const key = keyOf(by, member.item);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [member]);
    else known.push(member);
  });
  return [...groups].map(([key, list]) => ({ key, members: list, entered: list.reduce((sum, { amount }) => sum + amount, 0) }));
}

const wordOf: Record<GroupKey, (item: Item) => string> = {
  item: ({ id }) => id,
  head: ({ head }) => head,
  location: ({ location }) => location ?? '',
  claimant: ({ claimant }) => claimant ?? '',
  event: ({ event }) => event,
  insured: ({ insured }) => insured,
  period: ({ period }) => period,
};

const keyOf = (by: readonly GroupKey[], item: Item): string => (by.length === 1 ? wordOf[by[0]!](item) : JSON.stringify(by.map((key) => wordOf[key](item))));

/** Pro rata to what entered, and to what is covered of it where the level decides on cover. */
function weightsOf({ steps }: Level, { members }: Group): number[] {
  const decides = steps.some(({ step }) => step === 'cover');
  return members.map(({ item, amount }) => (decides ? amount * item.cover.share : amount));
}

function passSteps(level: Level, group: Group, run: Run): { out: number; borne: Borne } {
  let out = group.entered;
  let borne: Borne = {
    retained: group.members.reduce((sum, { retained }) => sum + retained, 0),
    room: group.members.reduce((sum, { room }) => sum + room, 0),
  };
  level.steps.forEach((step, i) => {
    const result = passStep(step, `${level.id}/${i}/${group.key}`, out, { level, group, borne, run });
    borne = afterStep(step, borne, out, result);
    out = result.out;
  });
  return { out, borne };
}

/** Retentions are remembered and leave room below passed limits; a cap leaves what it did not use. */
function afterStep({ step }: Step, { retained, room }: Borne, amountIn: number, { out, limit }: StepResult): Borne {
  if (step === 'retain') return { retained: retained + amountIn - out, room: room + amountIn - out };
  return step === 'cap' ? { retained, room: Math.min(room, limit! - out) } : { retained, room };
}

/** Applies one step, rounds, and writes memory and trace. */
function passStep(
  step: Step,
  cell: string,
  amountIn: number,
  { level, group, borne, run }: { level: Level; group: Group; borne: Borne; run: Run },
): StepResult {
  const { memory } = run;
  const result = apply(step, amountIn, { group, borne, used: memory.used[cell] ?? 0, retained: memory.retained[cell] ?? 0 });
  const amountOut = run.arithmetic.round(result.out);
  if (result.used !== undefined) memory.used[cell] = (memory.used[cell] ?? 0) + amountOut;
  if (result.retained !== undefined) memory.retained[cell] = (memory.retained[cell] ?? 0) + run.arithmetic.round(result.retained);
  run.trace.push({
    level: level.id,
    group: group.key,
    step: step.step,
    clause: step.clause,
    amountIn,
    amountOut,
    reinstatementShare: result.reinstatementShare ?? null,
  });
  return { ...result, out: amountOut };
}

function apply(step: Step, amountIn: number, context: StepContext): StepResult {
  switch (step.step) {
    case 'cover':
      return applyCover(amountIn, context);
    case 'wait':
      return applyWait(step, amountIn, context);
    case 'share':
      return applyShare(step, amountIn, context);
    case 'retain':
      return applyRetain(step, amountIn, context);
    case 'franchise':
      return applyFranchise(step, amountIn);
    case 'cap':
      return applyCap(step, amountIn, context);
    case 'layer':
      return applyLayer(step, amountIn);
    case 'aggregate':
      return applyAggregate(step, amountIn, context);
    case 'reinstate':
      return applyReinstate(step, amountIn, context);
  }
}
