import { describe, expect, it } from 'vitest';
import { wordingLibrary } from '../../../test/wordings.ts';
import { randomAt } from '../basics/index.ts';
import { compareTerms, dimensionsOf } from './compare-terms.ts';
import { explainDifference, replayIncident } from './explain-difference.ts';
import { Circumstance } from './circumstance.ts';
import type { Incident, IncidentItem } from './incident.ts';
import type { InsurerTerms } from './insurer-terms.ts';
import { decideCover, payIncident, replayWaiting } from './replay.ts';

const library = wordingLibrary();
const insurers = [...library.insurers.values()];
const named = (id: string): InsurerTerms => library.insurers.get(id)!;
const incident = (id: string): Incident => library.incidents.get(id)!;

describe('the comparison', () => {
  const rows = compareTerms(insurers, library);
  const row = (id: string) => rows.find((one) => one.id === id)!;

  it('sets the terms side by side, in words', () => {
    expect(row('business-interruption.waiting.hours').values.map(({ zh }) => zh)).toEqual(['8 小时', '24 小时', '6 小时', '12 小时']);
    expect(row('business-interruption.waiting.manner').values.map(({ en }) => en)).toContain('paid from the start once passed');
    expect(row('retention').values.map(({ en }) => en)).toContain('the greater of CNY 50,000 and 10% of the loss');
    expect(row('retention').values.map(({ zh }) => zh)).toContain('人民币 50,000 元与损失的 10%，以高者为准');
    for (const { values } of rows) for (const { zh, en } of values) expect(`${zh}${en}`).not.toMatch(/object|undefined|NaN/);
    expect(row('direct-physical-loss.taken').values.map(({ zh }) => zh)).toEqual(['承保', '承保', '不承保', '不承保']);
  });

  it('says where they differ, and of one insurer alone that nothing does', () => {
    expect(rows.filter(({ differs }) => differs).length).toBeGreaterThan(30);
    expect(row('scope.administrative-fines').differs).toBe(false);
    expect(compareTerms([insurers[0]!], library).some(({ differs }) => differs)).toBe(false);
  });

  it('is whole: terms with every dimension of another pay what the other pays', () => {
    for (const one of insurers) {
      for (const other of insurers) {
        const all = dimensionsOf([one, other], library).reduce((terms, { swap }) => swap(terms, other), one);
        for (const event of library.incidents.values())
          expect(payIncident(event, all, library.clauses).paidMinor).toBe(payIncident(event, other, library.clauses).paidMinor);
      }
    }
  });
});

describe('the replay of an incident', () => {
  it('pays of nine days of ransomware what each wording says', () => {
    const { payments } = replayIncident(incident('ransomware-nine-days'), insurers, library);

    expect(payments.map(({ insurer, paidMinor }) => [insurer, paidMinor])).toEqual([
      ['riskloop-standard', 554_000_000],
      ['example-beiling', 633_800_000],
      ['example-dongyu', 387_195_507],
      ['example-yuanfan', 535_500_000],
    ]);
  });

  it('names the clause that made the difference', () => {
    const decisive = (id: string, insurer: string) =>
      replayIncident(incident(id), insurers, library).payments.find((one) => one.insurer === insurer)!.differences[0]!.dimensions;

    expect(decisive('ransomware-nine-days', 'riskloop-standard')).toEqual(['scope.ransom-not-paid']);
    expect(decisive('cloud-cooling-failure', 'example-yuanfan')).toEqual(['scope.malicious-act-only']);
    expect(decisive('cloud-cooling-failure', 'example-beiling')).toEqual(['contingent-business-interruption.waiting.hours']);
    expect(decisive('wiper-shipping', 'example-dongyu')).toEqual(['scope.state-backed-operations']);
    expect(decisive('supplier-file-transfer-breach', 'example-beiling')).toEqual(['scope.widespread-event']);
    expect(decisive('deepfake-transfer-fraud', 'example-beiling')).toEqual(['scope.call-back-condition']);
    expect(decisive('furnace-damage', 'example-yuanfan')).toEqual(['direct-physical-loss.taken']);
  });

  it('explains the whole distance: the differences sum to it, for every pair of insurers and every incident', () => {
    for (const event of library.incidents.values()) {
      for (const one of insurers) {
        for (const other of insurers) {
          const sum = explainDifference(event, one, other, library).reduce((total, { deltaMinor }) => total + deltaMinor, 0);
          expect(payIncident(event, one, library.clauses).paidMinor + sum).toBe(payIncident(event, other, library.clauses).paidMinor);
        }
      }
    }
  });

  it('shows what a longer waiting period takes away: fifteen hours of cloud outage, eight hours against twelve', () => {
    const paid = replayWaiting(incident('cloud-region-fifteen-hours'), named('riskloop-standard'), [8, 12], library.clauses);

    // 3.5 of the nine hours at 100,000 an hour are left, then 150,000 and the response, less the retention of 50,000.
    expect(paid).toEqual([
      { hours: 8, paidMinor: 63_000_000 },
      { hours: 12, paidMinor: 25_500_000 },
    ]);
  });

  it('lets the clause that pays least decide where several apply', () => {
    const item = { head: 'extortion', circumstances: ['ransom-payment', 'ransom-unapproved'] } as const;
    const terms = {
      ...named('riskloop-standard'),
      scope: [
        { clause: 'ransom-not-paid', paidShare: 0.5 },
        { clause: 'ransom-with-consent', paidShare: 0.2 },
      ],
    };

    expect(decideCover({ ...item, circumstances: [...item.circumstances] }, { circumstances: [] }, terms, library.clauses)).toEqual({
      share: 0.2,
      clause: 'ransom-with-consent',
    });
    expect(decideCover({ head: 'product-liability', circumstances: [] }, { circumstances: [] }, named('example-dongyu'), library.clauses)).toEqual({
      share: 0,
      clause: 'coverage-not-taken',
    });
  });
});

/** Rounds half to even, as the wording says, on the exact decimal of small amounts. */
function cents(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  if (Math.abs(rest - 0.5) < 1e-9) return floor % 2 === 0 ? floor : floor + 1;
  return Math.round(x);
}

/** Splits by largest remainder, first of equals first. */
function split(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  if (sum === 0) return weights.map((_, i) => (i === 0 ? total : 0));
  const exact = weights.map((weight) => Number((BigInt(total) * BigInt(weight)) / BigInt(sum)));
  const remainders = weights.map((weight) => Number((BigInt(total) * BigInt(weight)) % BigInt(sum)));
  const order = weights.map((_, i) => i).sort((a, b) => remainders[b]! - remainders[a]! || a - b);
  const left = total - exact.reduce((a, b) => a + b, 0);
  for (const i of order.slice(0, left)) exact[i]! += 1;
  return exact;
}

/**
 * The same payment by hand, written from the text of the wording without the term engine: cover, waiting period, ratio, retention, sub-limits and limit in the stated order.
 */
function payByHand({ items, circumstances }: Incident, terms: InsurerTerms): number {
  let amounts = items.map((item) => {
    const line = terms.lines.find(({ coverage }) => coverage === item.head);
    if (line === undefined) return 0;
    const shares = terms.scope.flatMap(({ clause: id, paidShare }) => {
      const clause = library.clauses.get(id)!;
      if (clause.nature !== 'scope') return [];
      const meant = clause.heads === null || clause.heads.includes(item.head);
      return meant && clause.circumstances.some((one) => circumstances.includes(one) || item.circumstances.includes(one)) ? [paidShare] : [];
    });
    const covered = cents(item.amountMinor * Math.min(1, ...shares));
    const waited = line.waiting === null ? covered : cents(afterWaiting(item, line.waiting) * (covered / item.amountMinor));
    return line.paidRatio === 1 ? waited : cents(waited * line.paidRatio);
  });
  const retain = (): void => {
    const sum = amounts.reduce((a, b) => a + b, 0);
    const ratio = (terms.retention.ratioOfLoss ?? 0) * sum;
    const borne = terms.retention.combine === 'sum' ? terms.retention.amountMinor + ratio : Math.max(terms.retention.amountMinor, ratio);
    amounts = split(cents(Math.max(0, sum - borne)), amounts);
  };
  const limit = (): void => {
    for (const { coverage, subLimitMinor } of terms.lines) {
      const at = items.flatMap((item, i) => (item.head === coverage ? [i] : []));
      const own = at.map((i) => amounts[i]!);
      const sum = own.reduce((a, b) => a + b, 0);
      if (subLimitMinor !== null && sum > subLimitMinor) split(subLimitMinor, own).forEach((part, k) => (amounts[at[k]!] = part));
    }
    const sum = amounts.reduce((a, b) => a + b, 0);
    if (sum > terms.limitMinor) amounts = split(terms.limitMinor, amounts);
  };
  if (terms.order === 'CN-EXCESS-1') [retain, limit].forEach((step) => step());
  else [limit, retain].forEach((step) => step());
  return Math.min(
    amounts.reduce((a, b) => a + b, 0),
    terms.aggregateMinor ?? Number.POSITIVE_INFINITY,
  );
}

function afterWaiting({ hours, amountMinor }: IncidentItem, { hours: wait, manner, clock }: NonNullable<InsurerTerms['lines'][number]['waiting']>): number {
  let [clockNow, left] = [0, 0];
  for (const stretch of hours!) {
    const ticks = clock === 'all-hours' || stretch.business;
    if (!ticks) left += clockNow >= wait ? stretch.amountMinor : 0;
    else left += (stretch.amountMinor * Math.min(stretch.hours, Math.max(0, clockNow + stretch.hours - wait))) / stretch.hours;
    if (ticks) clockNow += stretch.hours;
  }
  if (manner === 'deduct') return left;
  return clockNow > wait ? amountMinor : 0;
}

function generatedIncident(index: number): Incident {
  const draw = randomAt(2026, 'replay', index);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(draw.nextUniform() * list.length)]!;
  const heads = [...library.coverages.keys()];
  const items = Array.from({ length: 1 + Math.floor(draw.nextUniform() * 6) }, (_, i): IncidentItem => {
    const head = pick(heads);
    const timed = library.coverages.get(head)!.timeBased;
    const hours = timed
      ? Array.from({ length: 1 + Math.floor(draw.nextUniform() * 4) }, () => ({
          hours: 1 + Math.floor(draw.nextUniform() * 20),
          business: draw.nextUniform() < 0.5,
          amountMinor: 1 + Math.floor(draw.nextUniform() * 2e8),
        }))
      : null;
    const amountMinor = hours === null ? 1 + Math.floor(draw.nextUniform() * 9e8) : hours.reduce((sum, stretch) => sum + stretch.amountMinor, 0);
    return {
      id: `i${i}`,
      head,
      title: { zh: '损失', en: 'loss' },
      amountMinor,
      hours,
      circumstances: draw.nextUniform() < 0.3 ? [pick(Circumstance.options)] : [],
    };
  });
  return { ...incident('ddos-evening'), id: `generated-${index}`, circumstances: draw.nextUniform() < 0.4 ? [pick(Circumstance.options)] : [], items };
}

describe('200 generated incidents under four wordings', () => {
  it('pay to the cent what a calculation by hand gives', () => {
    let payments = 0;
    for (let index = 0; index < 200; index += 1) {
      const event = generatedIncident(index);
      for (const terms of insurers) {
        const paid = payIncident(event, terms, library.clauses).paidMinor;
        expect(paid, `${event.id} ${terms.id}`).toBe(payByHand(event, terms));
        if (paid > 0) payments += 1;
      }
    }
    expect(payments).toBeGreaterThan(400);
  });
});
