import { celEnv, isCelError, parse, plan } from '@bufbuild/cel';

/** What asking a condition gave: true, false, or why it could not be answered. A failure is never taken for a no. */
export type Verdict = { readonly met: boolean; readonly failure: null } | { readonly met: null; readonly failure: string };

/** A condition over plain data in which every name that it uses is there. */
export type Condition = (circumstances: object) => Verdict;

const environment = celEnv();

/**
 * Compiles a CEL condition (cel.dev). Throws an Error with the parser's words when it does not parse. A condition that errs, or that gives
 * something else than true or false, answers with a failure.
 */
export function compileCondition(text: string): Condition {
  const evaluate = plan(environment, parse(text));
  return (circumstances) => {
    const value = evaluate(circumstances as never);
    if (isCelError(value)) return { met: null, failure: value.message };
    return typeof value === 'boolean' ? { met: value, failure: null } : { met: null, failure: 'the condition gives neither true nor false' };
  };
}

/**
 * The names in a condition that the circumstances do not have, as dotted paths. Needed beside a trial run, because `false && missing` runs
 * well until the day when its left side is true.
 */
export function unknownNames(text: string, sample: object): string[] {
  const unknown = new Set<string>();
  visit(parse(text).expr, { sample, bound: new Set(), unknown });
  return [...unknown].sort();
}

type Expression = NonNullable<ReturnType<typeof parse>['expr']>;
interface Visit {
  readonly sample: unknown;
  readonly bound: ReadonlySet<string>;
  readonly unknown: Set<string>;
}

function visit(expression: Expression | undefined, state: Visit): void {
  const kind = expression?.exprKind;
  if (expression === undefined || kind === undefined) return;
  if (kind.case === 'identExpr' || kind.case === 'selectExpr') visitPath(expression, state);
  else if (kind.case === 'callExpr') [kind.value.target, ...kind.value.args].forEach((part) => visit(part, state));
  else if (kind.case === 'listExpr') kind.value.elements.forEach((part) => visit(part, state));
  else if (kind.case === 'comprehensionExpr') {
    const { iterRange, accuInit, loopCondition, loopStep, result, iterVar, accuVar } = kind.value;
    [iterRange, accuInit].forEach((part) => visit(part, state));
    const inner = { ...state, bound: new Set([...state.bound, iterVar, accuVar]) };
    [loopCondition, loopStep, result].forEach((part) => visit(part, inner));
  }
}

function visitPath(expression: Expression, state: Visit): void {
  const path = pathOf(expression);
  if (path === null) return visit(expression.exprKind.case === 'selectExpr' ? expression.exprKind.value.operand : undefined, state);
  if (!state.bound.has(path[0]!) && !hasPath(state.sample, path)) state.unknown.add(path.join('.'));
}

function pathOf({ exprKind }: Expression): string[] | null {
  if (exprKind.case === 'identExpr') return [exprKind.value.name];
  if (exprKind.case !== 'selectExpr' || exprKind.value.operand === undefined) return null;
  const operand = pathOf(exprKind.value.operand);
  return operand === null ? null : [...operand, exprKind.value.field];
}

function hasPath(sample: unknown, path: readonly string[]): boolean {
  const [name, ...rest] = path;
  if (name === undefined) return true;
  return typeof sample === 'object' && sample !== null && Object.hasOwn(sample, name) && hasPath((sample as Record<string, unknown>)[name], rest);
}
