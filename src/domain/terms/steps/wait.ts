import { Refusal } from '../../basics/index.ts';
import { proRata, type Member, type StepContext, type StepResult } from '../group.ts';
import type { LossHours, StepOf } from '../model.ts';

/** What a waiting period leaves of each time-based item: the loss after its first hours, or the whole loss if it lasts longer than them. */
export function applyWait({ hours, manner, clock }: StepOf<'wait'>, amountIn: number, { group }: StepContext): StepResult {
  const left = group.members.reduce((sum, member) => sum + paidOf(member, { hours, manner, clock }), 0);
  return { out: group.entered === 0 ? 0 : proRata(amountIn, left, group) };
}

function hoursOf({ item }: Member): readonly LossHours[] {
  if (item.hours === null)
    throw new Refusal('bad-input', 'loss-hours-missing', `item \`${item.id}\` has a waiting period but does not say when its loss arose`, { item: item.id });
  return item.hours;
}

type Waiting = Pick<StepOf<'wait'>, 'hours' | 'manner' | 'clock'>;

function paidOf(member: Member, { hours, manner, clock }: Waiting): number {
  const stretches = hoursOf(member);
  const whole = stretches.reduce((sum, { amount }) => sum + amount, 0);
  if (whole === 0) return 0;
  const { waited, counted } = waitedAmount(stretches, hours, clock);
  if (manner === 'qualify') return counted > hours ? member.amount : 0;
  return (whole - waited) * (member.amount / whole);
}

/** The loss inside the first `limit` counted hours, and all hours that count. Outside business hours the clock may stand still; loss then is waited for too. */
function waitedAmount(stretches: readonly LossHours[], limit: number, clock: Waiting['clock']): { waited: number; counted: number } {
  let [waited, counted] = [0, 0];
  for (const { hours, business, amount } of stretches) {
    const runs = clock === 'all-hours' || business;
    const inside = runs ? Math.min(hours, Math.max(0, limit - counted)) / hours : counted < limit ? 1 : 0;
    waited += amount * inside;
    if (runs) counted += hours;
  }
  return { waited, counted };
}
