import { Refusal, type Facts } from '../basics/index.ts';

/** A place in a file as the reader counts it: line and column (from 1), a CSV row, or a JSON path. */
export type Position = string;

/** `line:column`, both from 1. */
export const lineColumn = (line: number, column: number): Position => `${line}:${column}`;

/**
 * The refusal of a file that cannot be read whole. The message says what is wrong and where, and that none of its content counts (the file itself stays, as evidence of what was handed in);
 * `facts.position` repeats the place for translated messages.
 */
export function unreadable(code: string, what: string, position: Position | null, facts: Facts = {}): Refusal {
  return new Refusal('unreadable', code, sentence(what, position), { ...facts, position });
}

/** The refusal of a file that is over a stated limit. */
export function tooLarge(code: string, what: string, position: Position | null, limit: number): Refusal {
  return new Refusal('too-large', code, sentence(what, position), { position, limit });
}

const sentence = (what: string, position: Position | null): string => `${what}${position === null ? '' : ` at ${position}`}; none of its content counts`;
