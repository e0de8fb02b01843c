import type { Text } from '../../basics/index.ts';
import { clopperPearsonInterval } from '../methods/clopper-pearson.ts';
import { fisherExactP } from '../methods/fisher.ts';
import { meanOf } from '../methods/mean-change.ts';
import { isTooSkewed, momentsOf } from '../methods/moments.ts';
import { shareDifference } from '../methods/newcombe-difference.ts';
import { arrangementsOf, isFewClusters, labelPermutationP, mostPermuted } from '../methods/permutation.ts';
import { poissonRate, type EventCount } from '../methods/poisson-rate.ts';
import { detectableShare, powerOfTwoShares } from '../methods/power.ts';
import { rateRatio } from '../methods/rate-ratio.ts';
import { welchDifference } from '../methods/welch.ts';
import { wilsonInterval } from '../methods/wilson.ts';
import type { Count, Estimate, SignificanceTest, StudyReport } from '../model.ts';
import { caveat, caveatsWhere, droppedCaveat, powerCaveat } from '../words/caveats.ts';
import { detectableText, evidenceOf, powerAtDistance, reachablePower } from '../words/evidence.ts';
import { groupMeanSentence, groupRateSentence, groupShareSentence } from '../words/groups.ts';
import { plain, smallSample } from '../words/numbers.ts';
import type { Subject } from '../words/subject.ts';
import {
  areFlags,
  isRare,
  numberIn,
  oncePerUnit,
  readRows,
  referenceFirst,
  requireTwoGroups,
  requireUsed,
  textIn,
  type DropCode,
  type Placed,
  type RawRow,
  type Read,
} from './rows.ts';
import { usualSettings, type StudySettings } from './study.ts';

/** One unit of a group with its value; `exposure` (firm-years and the like) makes the value a count of events. */
export interface Member {
  readonly group: string;
  readonly value: number;
  readonly exposure: number | null;
}

/** Reads columns `unit, group, value` and, where the table has it, `exposure`. */
export function readMembers(rows: readonly RawRow[]): Read<Placed<Member>> {
  const read = readRows<Member>(rows, (cells) => {
    const group = textIn(cells['group']);
    const value = numberIn(cells['value']);
    if (group === '') return 'missing-value';
    if (typeof value === 'string') return value;
    return cells['exposure'] === undefined ? { group, value, exposure: null } : countIn(group, value, cells['exposure']);
  });
  return oncePerUnit(
    read,
    (member) => member.unit,
    (member) => JSON.stringify([member.group, member.value, member.exposure]),
  );
}

function countIn(group: string, value: number, cell: string): Member | DropCode {
  const exposure = numberIn(cell);
  if (typeof exposure === 'string') return exposure;
  if (exposure <= 0) return 'no-exposure';
  return Number.isInteger(value) && value >= 0 ? { group, value, exposure } : 'negative-count';
}

/** The two groups, reference first. */
interface TwoGroups {
  readonly labels: readonly [reference: string, treated: string];
  readonly reference: readonly Member[];
  readonly treated: readonly Member[];
}

/**
 * Two groups at one time: speaks of difference, not of effect, since nobody was assigned at random. Shares when all values are 0 or 1, rates when there is exposure, else means.
 * The group called 0, control or 对照 is the reference, else the first by name. Refuses with one group (`empty-group`) or more than two.
 */
export function studyGroups(read: Read<Member>, settings: StudySettings = usualSettings): StudyReport {
  requireUsed(read);
  const labels = referenceFirst(read.used.map((member) => member.group));
  requireTwoGroups(labels);
  const of = (label: string): readonly Member[] => read.used.filter((member) => member.group === label);
  const groups: TwoGroups = { labels: [labels[0]!, labels[1]!], reference: of(labels[0]!), treated: of(labels[1]!) };
  const found = comparisonOf(read.used)(groups, settings);
  return {
    design: 'groups',
    n: read.used.length,
    ...found,
    dropped: [...read.dropped],
    caveats: [caveat('not-randomised'), ...found.caveats, ...droppedCaveat(read.dropped, read.used.length + read.dropped.length)],
  };
}

type Found = Pick<StudyReport, 'estimates' | 'tests' | 'words' | 'caveats'>;

function comparisonOf(members: readonly Member[]): (groups: TwoGroups, settings: StudySettings) => Found {
  if (members.every((member) => member.exposure !== null)) return compareRates;
  return areFlags(members.map((member) => member.value)) ? compareShares : compareMeans;
}

const isSmall = (groups: TwoGroups): boolean => Math.min(groups.reference.length, groups.treated.length) < smallSample;

const countOf = (members: readonly Member[]): Count => ({ count: members.reduce((sum, member) => sum + member.value, 0), of: members.length });

function shareEstimates(label: string, counts: Count, level: number): Estimate[] {
  const value = counts.count / counts.of;
  return [
    { name: `share[${label}]`, value, interval: wilsonInterval(counts, level), counts },
    { name: `share-exact[${label}]`, value, interval: clopperPearsonInterval(counts, level), counts },
  ];
}

function compareShares(groups: TwoGroups, { level, subject }: StudySettings): Found {
  const [reference, treated] = [countOf(groups.reference), countOf(groups.treated)];
  const { difference, interval } = shareDifference({ treated, reference }, level);
  const p = fisherExactP(treated, reference);
  const plan = sharePlan(reference, treated, subject);
  const nobody = reference.count + treated.count;
  return {
    estimates: [
      ...shareEstimates(groups.labels[0], reference, level),
      ...shareEstimates(groups.labels[1], treated, level),
      { name: 'difference-of-shares', value: difference, interval },
    ],
    tests: [{ name: 'difference', statistic: null, p, method: 'Fisher exact' }],
    words: groupShareSentence({ subject, labels: groups.labels, reference, treated, interval, p, evidence: evidenceOf({ p, power: plan.power }) }),
    caveats: [
      ...caveatsWhere([
        [isSmall(groups), 'small-sample'],
        [nobody === 0, 'no-events'],
        [nobody === reference.of + treated.of, 'no-variation'],
        [isRare(reference) || isRare(treated), 'few-yes-or-no'],
      ]),
      ...powerCaveat(plan.power, plan.change, plan.detectable),
    ],
  };
}

/** Power against the relevant change, planned on a reference share that is kept off 0 and 1 by one added unit each way. */
function sharePlan(reference: Count, treated: Count, { relevantChange, direction }: Subject): { power: number; change: Text; detectable: Text } {
  const share = (reference.count + 1) / (reference.of + 2);
  const { kind, size } = relevantChange ?? { kind: 'relative', size: 0.5 };
  const rise = direction === 'higher-is-better';
  const room = rise ? 1 - share : share;
  const moved = Math.min(room, kind === 'relative' ? room * size : size);
  const perGroup = 2 / (1 / reference.of + 1 / treated.of);
  const to = rise ? share + moved : share - moved;
  return {
    power: powerOfTwoShares({ reference: share, treated: to }, perGroup),
    change: { zh: `比例由 ${plain(share, 2)} 变为 ${plain(to, 2)}`, en: `a share of ${plain(share, 2)} against ${plain(to, 2)}` },
    detectable: detectableFrom(share, perGroup, rise),
  };
}

function detectableFrom(share: number, perGroup: number, rise: boolean): Text {
  const found = detectableShare({ reference: share, perGroup, direction: rise ? 'rise' : 'fall' });
  if (found === null)
    return { zh: `不存在：即使${rise ? '升到 1' : '降到 0'}也发现不了`, en: `none: not even ${rise ? 'a rise to 1' : 'a fall to 0'} would be found` };
  const to = rise ? share + found : share - found;
  return { zh: `由 ${plain(share, 2)} 到 ${plain(to, 2)}`, en: `${plain(share, 2)} against ${plain(to, 2)}` };
}

function compareMeans(groups: TwoGroups, { level, seed, subject }: StudySettings): Found {
  const [reference, treated] = [groups.reference.map((member) => member.value), groups.treated.map((member) => member.value)];
  const welch = welchDifference({ treated, reference }, level);
  const permutation = reference.length + treated.length <= mostPermuted ? labelPermutationP({ treated, reference, seed }) : null;
  const few = isFewClusters(reference.length, treated.length) || welch.p === null;
  const p = few ? (permutation?.p ?? welch.p) : welch.p;
  const planned = meanPlan(groups, welch.standardError, subject);
  const plan = { ...planned, power: reachablePower(planned.power, arrangementsOf(reference.length, treated.length)) };
  const [r, t] = [momentsOf(reference), momentsOf(treated)];
  const student: SignificanceTest[] = welch.p === null ? [] : [{ name: 'difference', statistic: welch.t, p: welch.p, method: 'Welch t' }];
  return {
    estimates: [
      { name: `mean[${groups.labels[0]}]`, value: r.mean, interval: meanOf(reference, level).interval },
      { name: `mean[${groups.labels[1]}]`, value: t.mean, interval: meanOf(treated, level).interval },
      { name: 'difference-of-means', value: welch.difference, interval: welch.interval },
    ],
    tests: [...student, ...(permutation === null ? [] : [{ name: 'difference', statistic: null, ...permutation }])],
    words: groupMeanSentence({
      subject,
      labels: groups.labels,
      reference: r,
      treated: t,
      interval: welch.interval,
      p,
      evidence: evidenceOf({ p, power: plan.power }),
    }),
    caveats: [
      ...caveatsWhere([
        [isSmall(groups), 'small-sample'],
        [few, 'few-clusters'],
        [Math.min(r.n, t.n) === 1, 'single-unit'],
        [Math.min(r.n, t.n) > 1 && welch.interval === null, 'no-variation'],
        [isTooSkewed(reference) || isTooSkewed(treated), 'skewed'],
      ]),
      ...powerCaveat(plan.power, plan.change, detectableText(welch.standardError)),
    ],
  };
}

function meanPlan(groups: TwoGroups, standardError: number | null, { relevantChange }: Subject): { power: number | null; change: Text } {
  const half = Math.sqrt(1 / (1 / groups.reference.length + 1 / groups.treated.length)) / 2;
  if (relevantChange === null) return { power: powerAtDistance(half), change: { zh: '两组相差半个标准差', en: 'groups half a standard deviation apart' } };
  const mean = momentsOf(groups.reference.map((member) => member.value)).mean;
  const size = relevantChange.kind === 'relative' ? Math.abs(mean) * relevantChange.size : relevantChange.size;
  return {
    power: standardError === null ? null : powerAtDistance(size / standardError),
    change: { zh: `两组相差 ${plain(size)}`, en: `groups ${plain(size)} apart` },
  };
}

const eventsOf = (members: readonly Member[]): EventCount => ({
  events: members.reduce((sum, member) => sum + member.value, 0),
  exposure: members.reduce((sum, member) => sum + (member.exposure ?? 0), 0),
});

function rateEstimate(label: string, events: EventCount, level: number): Estimate {
  const { rate, interval } = poissonRate(events, level);
  return { name: `rate[${label}]`, value: rate, interval };
}

function compareRates(groups: TwoGroups, { level, subject }: StudySettings): Found {
  const [reference, treated] = [eventsOf(groups.reference), eventsOf(groups.treated)];
  const ratio = rateRatio({ treated, reference }, level);
  const power = ratePower(reference, treated, subject);
  const tests: SignificanceTest[] = ratio.p === null ? [] : [{ name: 'rate-ratio', statistic: null, p: ratio.p, method: 'exact conditional Poisson' }];
  return {
    estimates: [
      rateEstimate(groups.labels[0], reference, level),
      rateEstimate(groups.labels[1], treated, level),
      { name: 'rate-ratio', value: ratio.value, interval: ratio.interval },
    ],
    tests,
    words: groupRateSentence({
      subject,
      labels: groups.labels,
      reference,
      treated,
      ratio: ratio.value,
      interval: ratio.interval,
      p: ratio.p,
      evidence: evidenceOf({ p: ratio.p, power }),
    }),
    caveats: [
      caveat('clustered-events'),
      ...caveatsWhere([
        [isSmall(groups), 'small-sample'],
        [reference.events + treated.events === 0, 'no-events'],
        [(reference.events === 0) !== (treated.events === 0), 'zero-cell'],
      ]),
      ...powerCaveat(power, rateChange(subject)),
    ],
  };
}

const relativeFall = ({ relevantChange }: Subject): number => (relevantChange?.kind === 'relative' && relevantChange.size < 1 ? relevantChange.size : 0.3);

const rateChange = (subject: Subject): Text => {
  const fall = plain(relativeFall(subject), 2);
  return { zh: `发生率降低 ${fall}（相对）`, en: `a rate lower by ${fall} (relative)` };
};

/** Power to find the relevant fall of the rate with the events seen, shared out by exposure (normal approximation of the log ratio). */
function ratePower(reference: EventCount, treated: EventCount, subject: Subject): number | null {
  const total = reference.events + treated.events;
  if (total === 0) return null;
  const kept = 1 - relativeFall(subject);
  const weights = [reference.exposure, treated.exposure * kept] as const;
  const expected = weights.map((weight) => (total * weight) / (weights[0] + weights[1]));
  return powerAtDistance(-Math.log(kept) / Math.sqrt(1 / expected[0]! + 1 / expected[1]!));
}
