import { z } from 'zod';
import { Currency, Day, Provenance, Refusal, Text, built, readContent, type Built, type ContentFile } from '../basics/index.ts';
import { bestEffort, shareLoss, type CoResponsibility, type FaultFinding, type SharedLoss } from '../terms/index.ts';
import { sayAmount, sayRatio } from './fill-slots.ts';

const id = z.string().regex(/^[a-z][a-z0-9-]*$/);
const minor = z.int().min(0);
const Party = z.enum(['insured', 'provider', 'insurer']);

/** One duty of an insured service: who does it (R), who answers for it (A), who is asked (C) and told (I). Whoever answers bears the fault of a breach. */
export const Duty = z.strictObject({
  id,
  title: Text,
  responsible: z.enum(['insured', 'provider']),
  accountable: z.enum(['insured', 'provider']),
  consulted: z.array(Party),
  informed: z.array(Party),
});

/** `content/co-responsibility/<id>.yaml`: the responsibility matrix of a service and the clause by which insurer and provider share a loss (R123, R124, N11). */
export const ResponsibilityMatrix = z
  .strictObject({
    id,
    title: Text,
    edition: z.string().min(1),
    currency: Currency,
    liabilityCapMinor: minor,
    providerRetentionMinor: minor,
    waivedShare: z.number().min(0).max(1),
    duties: z.array(Duty).min(1),
    /** With the slots `{cap}`, `{retention}` and `{waived}`, filled from the very numbers that split a loss. */
    clause: Text,
    /** What the provider can do: what it costs a year, and how likely an incident for which it answers then is. */
    efforts: z.array(z.strictObject({ title: Text, costMinor: minor, probability: z.number().min(0).max(1) })).min(1),
    source: z.string().min(1),
    provenance: Provenance,
    effectiveFrom: Day,
  })
  .meta({ id: 'ResponsibilityMatrix' });
export type ResponsibilityMatrix = z.infer<typeof ResponsibilityMatrix>;

/** What the assessor found of each duty, and how much it and outside causes contributed to the loss, in parts that need not sum to anything. */
export const DutyFindings = z
  .strictObject({
    lossMinor: z.int().min(1),
    /** What the terms pay of it. */
    payableMinor: minor,
    duties: z.array(z.strictObject({ duty: z.string().max(100), breached: z.enum(['yes', 'no', 'unknown']), weight: z.number().min(0).max(1000) })).max(100),
    /** Attackers and others who cannot be held to it. */
    othersWeight: z.number().min(0).max(1000),
  })
  .meta({ id: 'DutyFindings' });
export type DutyFindings = z.infer<typeof DutyFindings>;

/** One step of the split. `amountMinor` is what the step comes to. */
export const SplitLine = z.strictObject({ step: z.string(), text: Text, clause: z.string(), amountMinor: z.int() }).meta({ id: 'SplitLine' });

export interface FaultSplit {
  readonly fault: FaultFinding;
  readonly shared: SharedLoss;
  readonly trace: z.infer<typeof SplitLine>[];
}

/** Reads the matrices. An id twice, a duty twice, or a slot of the clause that nothing fills is a problem. */
export function buildResponsibilities(files: readonly ContentFile[]): Built<ReadonlyMap<string, ResponsibilityMatrix>> {
  const read = readContent(ResponsibilityMatrix, files);
  const problems = read.values.flatMap(({ file, value }, i) => [
    ...(read.values.findIndex((other) => other.value.id === value.id) < i ? [{ file, at: 'id', message: `\`${value.id}\` is given twice` }] : []),
    ...value.duties.flatMap((duty, at) =>
      value.duties.findIndex((other) => other.id === duty.id) < at ? [{ file, at: `duties.${at}.id`, message: `\`${duty.id}\` is given twice` }] : [],
    ),
    ...[value.clause.zh, value.clause.en]
      .filter((text) => !['{cap}', '{retention}', '{waived}'].every((slot) => text.includes(slot)))
      .map(() => ({ file, at: 'clause', message: 'the clause says {cap}, {retention} and {waived} in both languages' })),
  ]);
  return built(new Map(read.values.map(({ value }) => [value.id, value])), [...read.problems, ...problems]);
}

/** The clause with its numbers. */
export function sayClause({ clause, currency, liabilityCapMinor, providerRetentionMinor, waivedShare }: ResponsibilityMatrix): Text {
  const slots: Record<string, Text> = {
    cap: sayAmount(liabilityCapMinor, currency),
    retention: sayAmount(providerRetentionMinor, currency),
    waived: { zh: sayRatio(waivedShare), en: sayRatio(waivedShare) },
  };
  const fill = (language: 'zh' | 'en'): string => clause[language].replace(/\{(\w+)\}/g, (slot, name: string) => slots[name]?.[language] ?? slot);
  return { zh: fill('zh'), en: fill('en') };
}

/**
 * Parts of the fault: each breached duty counts its weight for whoever answers for it; what is not known counts for nobody who could be held to it.
 * Throws a Refusal `unknown-duty`, or `no-cause` when nothing at all contributed.
 */
export function findFault({ duties }: ResponsibilityMatrix, findings: DutyFindings): FaultFinding {
  const accountable = new Map(duties.map((duty) => [duty.id, duty.accountable]));
  const stray = findings.duties.find(({ duty }) => !accountable.has(duty));
  if (stray !== undefined) throw new Refusal('bad-input', 'unknown-duty', `the matrix has no duty \`${stray.duty}\``, { duty: stray.duty });
  const weigh = (counts: (one: DutyFindings['duties'][number]) => boolean): number =>
    findings.duties.filter(counts).reduce((sum, { weight }) => sum + weight, 0);
  const insured = weigh(({ duty, breached }) => breached === 'yes' && accountable.get(duty) === 'insured');
  const provider = weigh(({ duty, breached }) => breached === 'yes' && accountable.get(duty) === 'provider');
  const others = findings.othersWeight + weigh(({ breached }) => breached === 'unknown');
  const all = insured + provider + others;
  if (all === 0) throw new Refusal('bad-input', 'no-cause', 'say of at least one duty or outside cause how much it contributed', {});
  return { insured: insured / all, provider: provider / all, others: 1 - insured / all - provider / all };
}

const clauseOf = ({ id: name, liabilityCapMinor, providerRetentionMinor, waivedShare }: ResponsibilityMatrix): CoResponsibility => ({
  clause: name,
  liabilityCapMinor,
  providerRetentionMinor,
  waivedShare,
});

/** From what was found to who bears what, line by line. Throws the Refusals of `findFault` and `shareLoss`. */
export function splitByFault(matrix: ResponsibilityMatrix, findings: DutyFindings): FaultSplit {
  const fault = findFault(matrix, findings);
  const shared = shareLoss(findings, fault, clauseOf(matrix));
  return { fault, shared, trace: traceOf(matrix, findings, fault, shared) };
}

function traceOf(matrix: ResponsibilityMatrix, { lossMinor, payableMinor }: DutyFindings, fault: FaultFinding, shared: SharedLoss): FaultSplit['trace'] {
  const atFault = Math.round(fault.provider * lossMinor);
  const answers = Math.min(matrix.liabilityCapMinor, atFault);
  const percent = sayRatio(Math.round(fault.provider * 10_000) / 10_000);
  const line = (step: string, zh: string, en: string, amountMinor: number) => ({ step, text: { zh, en }, clause: `${matrix.id}/${step}`, amountMinor });
  return [
    line('pay-first', '保险人按保险条款先行赔付', 'The insurer first pays by its terms', payableMinor),
    line('provider-fault', `服务商过错比例 ${percent} 对应的损失`, `The provider’s part of the fault, ${percent} of the loss`, atFault),
    line('liability-cap', '以每次事故责任上限为限', 'up to its cap for one event', answers),
    line('insured-first', '先补足被保险人未获赔付的部分', 'first to the insured for what is not insured', shared.providerToInsuredMinor),
    line('provider-retention', '服务商自留额以外的责任', 'what it answers for beyond its retention', Math.max(0, answers - matrix.providerRetentionMinor)),
    line('waived', '其中保险人免予追偿', 'of which the insurer does not recover', answers - shared.providerToInsuredMinor - shared.providerToInsurerMinor),
    line('recovery', '保险人向服务商追偿', 'recovered by the insurer from the provider', shared.providerToInsurerMinor),
  ];
}

/** What the provider would do when more or less of its part is not recovered: the effort of least cost at each waived share (N11). */
export function respondToWaivers(matrix: ResponsibilityMatrix, findings: DutyFindings, shares: readonly number[]) {
  const fault = findFault(matrix, findings);
  return shares.map((waivedShare) => {
    const { providerBearsMinor } = shareLoss(findings, fault, { ...clauseOf(matrix), waivedShare });
    const { costMinor, probability } = bestEffort(matrix.efforts, providerBearsMinor);
    const effort = matrix.efforts.find((one) => one.costMinor === costMinor && one.probability === probability)!;
    return { waivedShare, providerBearsMinor, effort: effort.title, probability };
  });
}
