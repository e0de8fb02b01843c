/**
 * Why a request was not carried out. One kind maps to one HTTP status and one exit code, in one place per door.
 *
 * - `bad-input`: the request itself is malformed or out of range
 * - `unreadable`: a file's content cannot be read whole
 * - `too-large`: over a stated limit
 * - `rule`: a rule of insurance or of this system forbids it
 * - `conflict`: somebody else was first, or the thing changed meanwhile
 * - `absent`: it does not exist, or the actor may not know that it does
 * - `not-permitted`: the actor's role does not allow the operation at all
 * - `unauthenticated`: nobody is signed in
 * - `too-many`: over a rate limit
 * - `unavailable`: a part of the system is down; trying again later can help
 */
export type RefusalKind =
  'bad-input' | 'unreadable' | 'too-large' | 'rule' | 'conflict' | 'absent' | 'not-permitted' | 'unauthenticated' | 'too-many' | 'unavailable';

export type Facts = Readonly<Record<string, string | number | boolean | null>>;

/** One thing wrong with one field: `path` is dotted from the top of the input (`cover.limitMinor`), `code` kebab-case. */
export interface FieldFault {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/**
 * A "no" that the reader can act on. `code` is stable and kebab-case, named after the rule that was broken;
 * `message` is lower case, for the reader, with user input in backticks; `facts` are the slots of the translated message
 * (`position` says where in a file, `field` which field). `faults` lists every field that is wrong, when the input as a whole was refused.
 */
export class Refusal extends Error {
  readonly kind: RefusalKind;
  readonly code: string;
  readonly facts: Facts;
  readonly faults: readonly FieldFault[];

  constructor(kind: RefusalKind, code: string, message: string, facts: Facts = {}, faults: readonly FieldFault[] = []) {
    super(message);
    this.name = 'Refusal';
    this.kind = kind;
    this.code = code;
    this.facts = facts;
    this.faults = faults;
  }
}
