import { z } from 'zod';
import type { Text } from '../basics/index.ts';

/** What a loss can be like that a wording may turn on. An incident states those that hold; a clause names those that it answers to. */
export const Circumstance = z.enum([
  'no-malicious-act',
  'degraded-not-stopped',
  'voluntary-shutdown',
  'provider-not-named',
  'state-backed',
  'infrastructure-failure',
  'widespread-event',
  'callback-omitted',
  'patch-overdue',
  'ransom-payment',
  'ransom-unapproved',
  'administrative-fine',
  'contractual-penalty',
  'betterment',
]);
export type Circumstance = z.infer<typeof Circumstance>;

/** How a person reads each of them. */
export const circumstanceTitles: Record<Circumstance, Text> = {
  'no-malicious-act': { zh: '非恶意原因（系统故障、操作失误）', en: 'no malicious act (system failure, human error)' },
  'degraded-not-stopped': { zh: '服务降级但未完全中断', en: 'service degraded but not stopped' },
  'voluntary-shutdown': { zh: '为控制损失主动停机', en: 'systems shut down on purpose to contain the loss' },
  'provider-not-named': { zh: '服务提供商未列入明细表', en: 'provider not named in the schedule' },
  'state-backed': { zh: '国家支持的网络行动', en: 'cyber operation backed by a state' },
  'infrastructure-failure': { zh: '公共基础设施故障', en: 'failure of public infrastructure' },
  'widespread-event': { zh: '同一原因波及大量企业', en: 'one cause that struck very many firms' },
  'callback-omitted': { zh: '付款前未回拨核实', en: 'payment not confirmed by call-back' },
  'patch-overdue': { zh: '被利用的高危漏洞逾期未修复', en: 'exploited severe vulnerability overdue for repair' },
  'ransom-payment': { zh: '赎金', en: 'ransom' },
  'ransom-unapproved': { zh: '未经同意支付的赎金', en: 'ransom paid without consent' },
  'administrative-fine': { zh: '行政罚款', en: 'administrative fine' },
  'contractual-penalty': { zh: '约定违约金', en: 'contractual penalty' },
  betterment: { zh: '升级改善部分', en: 'betterment' },
};
