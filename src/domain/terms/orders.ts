import type { Contract, Level, Step } from './model.ts';

/** The terms of a policy, before an order turns them into levels. Amounts in minor units, or in one unit where the arithmetic is float64. */
export interface PolicyTerms {
  readonly retention: number;
  /** Limit of each event. */
  readonly limit: number;
  /** Limit of the policy period; null: none. */
  readonly aggregate: number | null;
  readonly heads: readonly HeadTerms[];
}

/** Terms of one coverage. */
export interface HeadTerms {
  readonly head: string;
  readonly subLimit: number | null;
  readonly waiting: { readonly hours: number; readonly manner: 'deduct' | 'qualify'; readonly clock: 'all-hours' | 'business-hours' } | null;
  /** Part that is paid of each item: coinsurance, warranty reduction. */
  readonly paidRatio: number;
  readonly average: boolean;
}

/** Names of orders of application. */
export const orderNames = ['CN-EXCESS-1', 'LIMIT-FIRST'] as const;
export type OrderName = (typeof orderNames)[number];

/**
 * The levels of a policy. `CN-EXCESS-1` (methods §5): cover, waiting period, proportional cuts, one retention for the event pro rata to the coverages, sub-limits, event limit
 * in excess of the retention, what is left of the year. `LIMIT-FIRST`: the limits apply to the loss before the retention.
 */
export function contractOf(terms: PolicyTerms, order: OrderName): Contract {
  const { retention, limit, aggregate } = terms;
  const retained: Level = { id: 'retention', by: ['event'], heads: null, steps: [retain(retention)] };
  const limits: Level[] = [...subLimits(terms), { id: 'event-limit', by: ['event'], heads: null, steps: [cap('event-limit', limit)] }];
  const year: Level[] =
    aggregate === null
      ? []
      : [
          {
            id: 'aggregate',
            by: ['insured', 'period'],
            heads: null,
            steps: [{ step: 'aggregate', clause: 'aggregate-limit', limit: aggregate, retention: 0 }],
          },
        ];
  const middle = order === 'CN-EXCESS-1' ? [retained, ...limits] : [...limits, retained];
  return { order, levels: [...itemLevels(terms), ...middle, ...year] };
}

const cap = (clause: string, amount: number): Step => ({ step: 'cap', clause, amount, ratioOfLoss: null, ratioOfSumInsured: null });

const retain = (amount: number): Step => ({
  step: 'retain',
  clause: 'retention',
  amount,
  ratioOfLoss: null,
  ratioOfSumInsured: null,
  combine: 'greatest',
  least: null,
  most: null,
  carried: false,
});

/** What is decided on each item for itself, coverage by coverage. */
function itemLevels({ heads }: PolicyTerms): Level[] {
  const covered: Level = { id: 'cover', by: ['item'], heads: null, steps: [{ step: 'cover', clause: 'insuring-agreement' }] };
  return [covered, ...heads.flatMap((head) => headLevel(head))];
}

function headLevel({ head, waiting, paidRatio, average }: HeadTerms): Level[] {
  const steps: Step[] = [
    ...(waiting === null ? [] : [{ step: 'wait' as const, clause: 'waiting-period', ...waiting }]),
    ...(average ? [{ step: 'share' as const, clause: 'average', ratio: 'average' as const }] : []),
    ...(paidRatio === 1 ? [] : [{ step: 'share' as const, clause: 'coinsurance', ratio: paidRatio }]),
  ];
  return steps.length === 0 ? [] : [{ id: `cuts-${head}`, by: ['item'], heads: [head], steps }];
}

const subLimits = ({ heads }: PolicyTerms): Level[] =>
  heads.flatMap(({ head, subLimit }) =>
    subLimit === null ? [] : [{ id: `sub-limit-${head}`, by: ['event', 'head'], heads: [head], steps: [cap('sub-limit', subLimit)] } as Level],
  );
