import { daysBefore, type Text } from '../domain/basics/index.ts';
import type { CancellationPlan } from '../domain/policy/index.ts';
import type { Stored } from '../io/interfaces.ts';
import { tellOnce } from './notices.ts';
import type { Context } from './operation.ts';
import type { PolicyFile } from './policy-file.ts';

/** What the two sides of a policy are told of its cancellation. */

const yuan = (minor: number): string => (minor / 100).toFixed(2);

interface News {
  readonly to: string;
  /** With the policy, what makes it news once. */
  readonly subject: string;
  readonly text: Text;
}

const tell = (context: Context, { id }: Stored<PolicyFile>, { to, subject, text }: News): Promise<boolean> =>
  tellOnce(context.deskOf(to), { kind: 'policy-cancelled', subject, assessment: null, weakness: null, dueAt: null, policy: id, text });

/** Tells the insurer that the insured wants out because a loss was paid; each claim is news once. */
export async function tellLossProposed(context: Context, file: Stored<PolicyFile>, { knownOn, paidMinor }: CancellationPlan): Promise<void> {
  const { number } = file.body.policy;
  await tell(context, file, {
    to: file.organisation,
    subject: `cancellation-proposed ${file.id} ${file.version}`,
    text: {
      zh: `投保人称 ${knownOn} 已获赔 ${yuan(paidMinor ?? 0)} 元，要求解除保单 ${number}：请核对赔付记录后会签或否决`,
      en: `the insured of policy ${number} asks to end it because CNY ${yuan(paidMinor ?? 0)} was paid for a loss on ${knownOn}: check the payment, then sign or refuse`,
    },
  });
}

/** Tells the insured that the loss was not confirmed. */
export async function tellLossRefused(context: Context, file: Stored<PolicyFile>): Promise<void> {
  const { number } = file.body.policy;
  await tell(context, file, {
    to: file.body.insured,
    subject: `cancellation-refused ${file.id} ${file.version}`,
    text: {
      zh: `保险人未确认保单 ${number} 项下的赔付，解除要求未生效，保单继续有效`,
      en: `the insurer does not confirm that a loss was paid under policy ${number}: it was not ended and goes on`,
    },
  });
}

/** Tells the other side of a cancellation that was carried out, with what goes back of the premium and of a subsidy. */
export async function tellCancelled(context: Context, file: Stored<PolicyFile>, plan: CancellationPlan, clawedMinor: number): Promise<void> {
  const { number } = file.body.policy;
  const last = daysBefore(plan.ends, 1);
  const until = plan.borneDays === 0 ? { zh: '保障未开始', en: 'cover never begins' } : { zh: `最后保障日 ${last}`, en: `its last day of cover is ${last}` };
  const subsidy = {
    zh: `；保费补贴退回 ${yuan(clawedMinor)} 元，由企业承担`,
    en: `; CNY ${yuan(clawedMinor)} of the subsidy goes back to the authority and is owed by the firm`,
  };
  const who = plan.side === 'insurer' ? { zh: '保险人', en: 'the insurer' } : { zh: '投保人', en: 'the insured' };
  const returned = yuan(plan.returnedMinor);
  await tell(context, file, {
    to: plan.side === 'insurer' ? file.body.insured : file.organisation,
    subject: `policy-cancelled ${file.id}${plan.overtakes.length > 0 ? ` ${plan.overtakes.length}` : ''}`,
    text: {
      zh: `${who.zh}解除保单 ${number}（${plan.title.zh}），${until.zh}，退还保费 ${returned} 元${clawedMinor > 0 ? subsidy.zh : ''}`,
      en: `${who.en} has ended policy ${number} (${plan.title.en}): ${until.en}, and CNY ${returned} of premium is returned${clawedMinor > 0 ? subsidy.en : ''}`,
    },
  });
}
