import type { Text } from '../../basics/index.ts';

const labels: Readonly<Record<string, Text>> = {
  'share-before': { zh: '之前的比例', en: 'share before' },
  'share-before-exact': { zh: '之前的比例（精确）', en: 'share before (exact)' },
  'share-after': { zh: '之后的比例', en: 'share after' },
  'share-outstanding': { zh: '尚未完成的比例', en: 'share outstanding' },
  'share-outstanding-exact': { zh: '尚未完成的比例（精确）', en: 'share outstanding (exact)' },
  'share-after-exact': { zh: '之后的比例（精确）', en: 'share after (exact)' },
  'change-of-share': { zh: '比例的变化', en: 'change of share' },
  'mean-before': { zh: '之前的平均值', en: 'mean before' },
  'mean-after': { zh: '之后的平均值', en: 'mean after' },
  'mean-change': { zh: '平均变化', en: 'mean change' },
  share: { zh: '比例', en: 'share' },
  'share-exact': { zh: '比例（精确）', en: 'share (exact)' },
  mean: { zh: '平均值', en: 'mean' },
  rate: { zh: '发生率', en: 'rate' },
  'difference-of-shares': { zh: '比例之差', en: 'difference of shares' },
  'difference-of-means': { zh: '平均值之差', en: 'difference of means' },
  'rate-ratio': { zh: '发生率之比', en: 'rate ratio' },
  'difference-in-differences': { zh: '双重差分', en: 'difference in differences' },
  'score-change': { zh: '公布评分的变化', en: 'change of the printed score' },
  'score-change-of-firms': { zh: '其中：企业自身', en: 'of it: the firms' },
  'score-change-of-rules': { zh: '其中：评分规则换版', en: 'of it: the scoring rules' },
  'median-time': { zh: '中位时间', en: 'median time' },
  'restricted-mean': { zh: '限制平均时间', en: 'restricted mean time' },
  'restricted-mean-difference': { zh: '限制平均时间之差', en: 'difference of restricted means' },
  'effect-after': { zh: '起始后各期效果', en: 'effect by period since start' },
  'level-change': { zh: '水平变化', en: 'change of level' },
  'slope-change': { zh: '每期斜率变化', en: 'change of slope per period' },
  'slope-before': { zh: '中断前斜率', en: 'slope before' },
  autocorrelation: { zh: '残差自相关', en: 'autocorrelation of residuals' },
  'path-before': { zh: '干预前走势之差', en: 'difference of paths before' },
  change: { zh: '变化', en: 'change' },
  difference: { zh: '差异', en: 'difference' },
  effect: { zh: '效果', en: 'effect' },
  'same-hazard': { zh: '各组事件快慢', en: 'pace of events' },
  'same-hazard-if-independent': { zh: '各组事件快慢（视各单位为独立）', en: 'pace of events (units taken as independent)' },
  'restricted-mean-if-independent': { zh: '限制平均时间（视各单位为独立）', en: 'restricted mean time (units taken as independent)' },
};

/** The reader's name of an estimate or test, e.g. `median-time[A]` → “中位时间 · A”. Unknown names stay as they are. */
export function labelOf(name: string): Text {
  const [, key, rest] = /^([a-z-]+)(.*)$/.exec(name) ?? [name, name, ''];
  const label = labels[key ?? name];
  const group = (rest ?? '').replace(/^\[(.*?)\](.*)$/, ' · $1$2');
  return label === undefined ? { zh: name, en: name } : { zh: label.zh + group.replace(' to ', '（至 ').replace(/(（至 .*)$/, '$1）'), en: label.en + group };
}
