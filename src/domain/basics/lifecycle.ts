import { Refusal } from './refusal.ts';

/** The states that a thing of the domain can be in, and which moves lead from each to the next. */
export interface Lifecycle<State extends string> {
  readonly of: string;
  readonly first: State;
  readonly moves: Readonly<Record<State, readonly State[]>>;
}

/** Whether the table has the move. */
export const mayMove = <State extends string>({ moves }: Lifecycle<State>, from: State, to: State): boolean => moves[from].includes(to);

/** Passes when the table has the move; else throws a Refusal `move-not-allowed`. */
export function requireMove<State extends string>(lifecycle: Lifecycle<State>, from: State, to: State): void {
  if (mayMove(lifecycle, from, to)) return;
  throw new Refusal('rule', 'move-not-allowed', `a ${lifecycle.of} that is \`${from}\` cannot become \`${to}\``, { from, to });
}

/** The table as a Mermaid state diagram, for the documents that show it. */
export function drawLifecycle<State extends string>({ first, moves }: Lifecycle<State>): string {
  const states = Object.keys(moves) as State[];
  const lines = states.flatMap((from) => (moves[from].length === 0 ? [`  ${from} --> [*]`] : moves[from].map((to) => `  ${from} --> ${to}`)));
  return ['stateDiagram-v2', `  [*] --> ${first}`, ...lines].join('\n');
}
