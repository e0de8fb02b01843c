import type { Text } from '../../basics/index.ts';
import { groundsOf } from './cancel.ts';
import type { CancellationTerms } from './terms.ts';

/** The special condition that says how a policy can be ended before its time, with the days of notice, the fee and the table that are agreed. */
export function cancellationCondition(terms: CancellationTerms): Text {
  const { feePercent, shortRate } = terms;
  const table = (unit: string, between: string): string => shortRate.keptPercent.map((percent, i) => `${i + 1} ${unit} ${percent}%`).join(between);
  const notices = groundsOf(terms, 'insurer').filter(({ noticeDays }) => noticeDays > 0);
  const said = (language: 'zh' | 'en'): string =>
    notices.map(({ title, basis, noticeDays }) => `${title[language]} (${basis[language]}): ${noticeDays}`).join(language === 'zh' ? '；' : '; ');
  return {
    zh: `合同解除：投保人可以要求解除合同。保险责任开始前解除的，退还保费并扣除 ${feePercent}% 的手续费；开始后解除的，按短期费率表应收保费占全年保费的百分比（不足一个月按一个月计）：${table('个月', '、')}，其余退还。保险人依法解除合同的，按日退还未满期保费；须提前通知的日数：${said('zh')}。限额已全部赔付的，保费视为已满期，不再退还。法律另有规定不退还保费的除外。`,
    en: `Cancellation: the insured may end this policy. Before cover begins the premium is returned less a fee of ${feePercent}%; afterwards a short-rate part of the yearly premium is kept by the months begun (${table('mo.', ', ')}) and the rest returned. Where the law lets the insurer end the policy, the premium of the days not borne is returned day by day; days of notice: ${said('en')}. The premium of a limit that was paid out in full is earned. Nothing is returned where the law says so.`,
  };
}
