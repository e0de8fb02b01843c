import type { Text } from '../../basics/index.ts';
import type { Caveat, DroppedRow } from '../model.ts';

const texts = {
  'no-control-group': {
    zh: '没有对照组：向均值回归、扫描范围变化、外部威胁变化等都可以解释同样的变化，不能归因于保险。',
    en: 'There is no control group: regression to the mean, a changed scope of scanning or a changed threat explain the same change; it cannot be attributed to insurance.',
  },
  'not-randomised': {
    zh: '两组不是随机分配的，差异可能在投保之前就已存在（自选择）。',
    en: 'The groups were not assigned at random; the difference may have been there before (self-selection).',
  },
  'parallel-paths': {
    zh: '只有当两组在没有干预时会同步变化、期间没有别的事件只影响其中一组时，这个估计才是效果。',
    en: 'The estimate is an effect only if both groups would have moved in parallel without treatment and nothing else befell one of them.',
  },
  'parallel-paths-not-testable': {
    zh: '只有前后两期，无法检验干预之前两组是否同步。',
    en: 'With two periods the paths before treatment cannot be compared.',
  },
  'small-sample': { zh: '单位不足 20 个：只报告个数和区间，不报告百分比。', en: 'Fewer than 20 units: counts and intervals only, no percentages.' },
  'everybody-reached': {
    zh: '之后所有单位都达到。如果这是投保条件，这是合规而不是结果。',
    en: 'Every unit reached it afterwards. If that was a condition of cover, this is compliance, not an outcome.',
  },
  'nothing-changed': { zh: '没有任何单位发生变化，检验不提供信息。', en: 'No unit changed, so the test carries no information.' },
  'no-variation': { zh: '数值没有离散，无法给出 t 检验和区间。', en: 'The values do not vary, so no t test and no interval is possible.' },
  'single-unit': {
    zh: '有一组只有一个单位，无法估计离散程度，不给出区间。',
    en: 'A group has a single unit: its scatter cannot be estimated, so there is no interval.',
  },
  'few-clusters': {
    zh: '单位较少（合计不足 30 个或一组不足 15 个），t 区间不够可靠，请以置换检验的 p 值为准。',
    en: 'Few units (under 30 in all, or under 15 in a group): the t interval is doubtful, rely on the permutation p-value.',
  },
  'few-firms': {
    zh: '参与比较的企业不足 30 家，或开始的、尚未开始的不足 15 家：按企业聚类的 t 区间不够可靠，请以置换检验的 p 值为准。',
    en: 'Few firms (under 30 in all, or under 15 that start or do not): the firm-clustered t interval is doubtful, rely on the permutation p-value.',
  },
  'zero-cell': {
    zh: '有一组没有事件：发生率之比为零或无法计算，区间只有一侧有信息。',
    en: 'One group had no event: the rate ratio is zero or cannot be computed, and its interval informs on one side only.',
  },
  'no-events': { zh: '没有发生任何事件，无法比较。', en: 'No event happened, so nothing can be compared.' },
  'all-censored': {
    zh: '所有记录在观察结束时都还没有发生事件：中位时间和 log-rank 检验无法计算。',
    en: 'Every record was still without the event when watching ended: neither median nor log-rank test can be computed.',
  },
  'median-not-reached': {
    zh: '有的组到观察结束仍有一半以上没有发生事件，中位时间未达到。',
    en: 'In some group more than half were still without the event at the end: the median is not reached.',
  },
  'censoring-unrelated': { zh: '前提：退出观察与是否将要发生事件无关。', en: 'Condition: those who left observation would have fared like those who stayed.' },
  'one-group': { zh: '只有一组，只能描述，不能比较。', en: 'There is one group: description only, no comparison.' },
  'clustered-events': {
    zh: '前提：事件彼此独立；成批到来的事件会使区间过窄。',
    en: 'Condition: events are independent; events that come in batches make the interval too narrow.',
  },
  'paths-diverged': {
    zh: '干预之前两组的走势已经不同，之后的差异不能称为效果。',
    en: 'The groups already moved apart before treatment, so the later difference cannot be called an effect.',
  },
  'paths-not-contradicted': {
    zh: '干预之前没有发现走势不同；这样的检验较弱，不能证明两组同步。',
    en: 'No divergence was found before treatment; such tests are weak and do not prove parallel paths.',
  },
  'paths-not-testable': {
    zh: '没有可用的更早时期，无法检验干预之前两组是否同步。',
    en: 'There is no usable earlier period to compare the paths before treatment.',
  },
  'always-treated': {
    zh: '有的单位从第一期起就已被干预，没有“之前”，不参与比较。',
    en: 'Some units were treated from the first period on: they have no before and are left out.',
  },
  'without-control': {
    zh: '部分时期已没有尚未干预的单位可比，这些时期不参与估计。',
    en: 'In some periods nobody was left untreated to compare with; those periods are left out.',
  },
  autocorrelated: {
    zh: '相邻各期的残差彼此相关，区间过窄，p 值过小。',
    en: 'Residuals of neighbouring periods are correlated: the interval is too narrow and p too small.',
  },
  'few-periods': {
    zh: '中断前后至少各需三期且数值有离散，无法估计。',
    en: 'Three periods on each side and some scatter are needed; nothing can be estimated.',
  },
  'few-yes-or-no': {
    zh: '有一组中“是”或“否”不足 10 个：近似区间（Wilson、Newcombe）的实际覆盖率围绕标称水平摆动，多数偏宽；请以精确区间（Clopper–Pearson）和精确检验为准。',
    en: 'A group has fewer than ten yes or fewer than ten no: approximate intervals (Wilson, Newcombe) swing around their level, mostly on the wide side; rely on the exact interval (Clopper–Pearson) and the exact test.',
  },
  'few-changed': {
    zh: '发生变化的单位不足 10 个：变化的近似区间（Newcombe）偏宽，请以精确 McNemar 检验为准。',
    en: 'Fewer than ten units changed: the approximate interval of the change (Newcombe) is cautious; rely on the exact McNemar test.',
  },
  skewed: {
    zh: '数值偏斜明显，而单位数不足偏度平方的 25 倍：平均值还不接近正态，t 区间可能过窄（模拟中 0.95 的区间只覆盖 0.8）；宜改用计数、中位数或更多企业。',
    en: 'The values are strongly skewed for so few units (fewer than 25 times the squared skewness): the mean is not near normal yet and the t interval may be too narrow (0.8 instead of 0.95 in simulation); prefer counts, medians or more firms.',
  },
  'periods-independent': {
    zh: '前提：各期残差彼此独立；相邻各期相关时区间过窄，而期数少时检验也常发现不了这种相关。',
    en: 'Condition: residuals of the periods are independent; correlated ones make the interval too narrow, and with few periods the test of it often misses that.',
  },
  'few-events': {
    zh: '事件不足 10 个：近似的检验和区间不够可靠，请以置换检验的 p 值为准。',
    en: 'Fewer than ten events: approximate tests and intervals are doubtful, rely on the permutation p-value.',
  },
  'depending-units': {
    zh: '同属一方的单位彼此相关：p 值按整体置换；区间与受限平均时间的检验把每个单位当作独立，偏窄、偏小。',
    en: 'Units of one cluster depend on each other: p deals whole clusters; the intervals and the test of restricted means take each unit as independent and are too narrow and too small.',
  },
} satisfies Record<string, Text>;

export type CaveatCode = keyof typeof texts;

/** The caveat of that code, in both languages. */
export const caveat = (code: CaveatCode): Caveat => ({ code, text: texts[code] });

/** The caveats whose condition holds, in the order given. */
export const caveatsWhere = (conditions: readonly (readonly [boolean, CaveatCode])[]): Caveat[] =>
  conditions.filter(([holds]) => holds).map(([, code]) => caveat(code));

/** Says how many rows were left out; nothing when none were. */
export function droppedCaveat(dropped: readonly DroppedRow[], rows: number): Caveat[] {
  if (dropped.length === 0) return [];
  return [
    {
      code: 'rows-dropped',
      text: {
        zh: `共 ${rows} 行，其中 ${dropped.length} 行未使用，逐行列出原因。`,
        en: `${dropped.length} of ${rows} rows were not used; each is listed with its reason.`,
      },
    },
  ];
}

/** Says what the sample could have found: `power` against the relevant change described by `change`, and the smallest change found with power 0.8, when it is known. */
export function powerCaveat(power: number | null, change: Text, detectable: Text | null = null): Caveat[] {
  if (power === null) return [];
  const rounded = power.toFixed(2);
  const least =
    detectable === null
      ? { zh: '', en: '' }
      : { zh: `以 0.8 的把握能发现的最小差别为${detectable.zh}。`, en: ` The smallest found with power 0.8 is ${detectable.en}.` };
  return [
    {
      code: power < 0.8 ? 'low-power' : 'power',
      text: {
        zh: `若真实情况为${change.zh}，本样本发现它的把握（检验功效）约为 ${rounded}。${least.zh}`,
        en: `If the truth were ${change.en}, this sample would find it with power about ${rounded}.${least.en}`,
      },
    },
  ];
}
