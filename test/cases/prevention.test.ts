import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advisePrevention, indicateQuote, whatIf, type PreventionAdvice, type PreventionQuestion } from '../../src/domain/underwriting/index.ts';
import { content, cover, input } from './assessment-world.ts';

const one = fc.sample(input, { numRuns: 1, seed: 11 })[0]!;
const question: PreventionQuestion = {
  application: { ...one, cover },
  covers: [cover, { ...cover, retentionMinor: 5 * cover.retentionMinor }],
  budgetMinor: null,
  costs: {},
  mostMeasures: 6,
};
const outlay = ({ costMinor, premiumMinor }: { costMinor: number; premiumMinor: number }): number => costMinor + premiumMinor;

describe('advice on prevention and cover', () => {
  const advice: PreventionAdvice = advisePrevention(question, content);

  it('never costs more than leaving everything as it is, where that is permitted', () => {
    expect(advice.best).not.toBeNull();
    for (const plan of advice.frontier) expect(advice.best!.totalMinor).toBeLessThanOrEqual(outlay(plan) + advice.riskCharge * plan.retainedMinor + 1);
  });

  it('names the premium that the quote would have after the same repairs', () => {
    const plan = advice.frontier.find((one) => one.cover === 0 && one.measures.length > 0)!;
    const repairs = advice.measures.filter(({ id }) => plan.measures.includes(id)).flatMap((measure) => measure.repairs);
    const { after } = whatIf({ ...one, cover }, repairs, content);
    expect([after.premium.total, after.gate.passed]).toEqual([plan.premiumMinor, true]);
  });

  it('prices a cover below the floors as the quote does: with the terms raised', () => {
    const low = { ...cover, retentionMinor: 1 };
    const application = { ...one, firm: { ...one.firm, annualRevenue: { currency: 'CNY' as const, minor: 60_000_000_000 } }, cover: low };
    const quote = indicateQuote(application, content);
    const advised = advisePrevention({ ...question, application, covers: [low] }, content);

    expect(quote.adjustments.length).toBeGreaterThan(0);
    expect([advised.today.premiumMinor, advised.covers[0]]).toEqual([quote.worksheet.premium.total, quote.cover]);
  });

  it('keeps to the budget', () => {
    const budgetMinor = Math.round(outlay(advice.best!) * 0.8);
    const tight = advisePrevention({ ...question, budgetMinor }, content).best;
    if (tight !== null) expect(outlay(tight)).toBeLessThanOrEqual(budgetMinor);
    if (tight !== null) expect(tight.totalMinor).toBeGreaterThanOrEqual(advice.best!.totalMinor);
  });

  it('shows only plans that none other beats in cost, retained loss and downtime', () => {
    for (const a of advice.frontier)
      for (const b of advice.frontier)
        if (a !== b) expect(outlay(a) <= outlay(b) && a.retainedMinor <= b.retainedMinor && a.downtimeHours <= b.downtimeHours).toBe(false);
  });

  it('gives the range that the shrinkage of the controls leaves, and marks costs that are priors', () => {
    expect(advice.ranges.map(({ kappaTimes }) => kappaTimes)).toEqual([0.5, 1, 1.5]);
    expect(advice.ranges[1]!.plan).toEqual(advice.best);
    expect(advice.priorCosts).toHaveLength(advice.measures.length);
  });

  it('takes a measure for nothing and leaves it above its break-even cost', () => {
    const measure = advice.measures.find(({ breakEvenMinor, repairs }) => breakEvenMinor !== null && breakEvenMinor > 0 && repairs.length === 1)!;
    const at = (cost: number): boolean =>
      advisePrevention({ ...question, costs: { [measure.repairs[0]!]: cost } }, content).measures.find(({ id }) => id === measure.id)!.chosen;
    expect([at(0), at(measure.breakEvenMinor! + 100)]).toEqual([true, false]);
  });
});
