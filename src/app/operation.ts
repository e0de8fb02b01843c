import type { z } from 'zod';
import type { Instant, Text } from '../domain/basics/index.ts';
import { mayDo, type MemberRole, type OrganisationKind, type Permission } from '../domain/parties/index.ts';
import type {
  Documents,
  Files,
  Findings,
  Grants,
  Holdings,
  Jobs,
  Journal,
  Ledger,
  Members,
  Probes,
  Records,
  ReportReading,
  Seals,
  Signing,
  Spreadsheets,
  ThreatFeeds,
} from '../io/interfaces.ts';
import type { Content } from './content.ts';

/** Who asks: a person's session, an API key, or the worker carrying on what somebody asked for. */
export interface Actor {
  readonly user: string;
  readonly name: string;
  readonly organisation: string;
  readonly organisationKind: OrganisationKind;
  readonly roles: readonly MemberRole[];
  readonly via: 'session' | 'key' | 'worker' | 'system';
  /** Id of the session or API key that spoke; absent for the worker and the system. */
  readonly credential?: string;
  /** What an API key is limited to, within what the roles of its maker allow; absent for everybody else. */
  readonly scope?: readonly Permission[];
}

/** Somebody who is not signed in: acts for no organisation, and so sees nothing that belongs to one. */
export const nobody: Actor = { user: 'nobody', name: '', organisation: 'nobody', organisationKind: 'insured', roles: [], via: 'session' };

/** Whether this actor may ask for something that needs `permission`. */
export const actorMay = (actor: Actor, permission: Permission): boolean =>
  permission === 'system:run' ? actor.via === 'system' : mayDo(actor.roles, permission) && (actor.scope === undefined || actor.scope.includes(permission));

/** Whether an organisation applies for many firms; any other applicant is one firm, whatever name and code it gives. */
export const isBroker = async ({ organisationsOf }: Pick<Context, 'organisationsOf'>, organisation: string): Promise<boolean> =>
  (await organisationsOf('broker')).some(({ id }) => id === organisation);

/** One organisation's view of the store, inside the operation's transaction. */
export interface Desk {
  readonly records: Records;
  readonly grants: Grants;
  readonly findings: Findings;
  readonly ledger: Ledger;
}

/** What an operation may use. Everything it saves through `desk` or `deskOf` is one transaction together with its journal line and its jobs. */
export interface Context extends Desk {
  readonly actor: Actor;
  readonly now: Instant;
  readonly content: Content;
  readonly jobs: Jobs;
  readonly files: Files;
  readonly reading: ReportReading;
  readonly documents: Documents;
  readonly spreadsheets: Spreadsheets;
  readonly probes: Probes;
  readonly feeds: ThreatFeeds;
  readonly holdings: Holdings;
  readonly signing: Signing;
  readonly seals: Seals;
  /** The address under which people reach the portal. */
  readonly publicAddress: string;
  readonly journal: Journal;
  /** People, memberships, sessions and API keys. Outside the transaction: what it changes holds at once. */
  readonly members: Members;
  /** Whether the acting organisation handed in the file of this content: a proof may name no other. */
  hasReceived(hash: string): Promise<boolean>;
  /** The desk of another organisation, for what this operation brings about there (an insurer's policy from an insured's bind). */
  deskOf(organisation: string): Desk;
  /** The organisations of a kind, for choosing a counterpart. */
  organisationsOf(kind: OrganisationKind): Promise<readonly { id: string; name: string }[]>;
  /** What the journal line of this call says besides actor, operation and input: pinned versions, ids of what was made. */
  note(facts: Readonly<Record<string, string | number>>): void;
  /** The time right now; `now` stays the same while an operation runs. */
  clock(): Instant;
  /** Writes a journal line at once, in a transaction of its own: for an operation that is about to do something outside which cannot be taken back. */
  announce(facts: Readonly<Record<string, string | number>>): Promise<void>;
  /** Says at once, outside the transaction, how far a job is; does nothing when no job runs this. */
  progress(done: { done: number; total: number; note: string }): Promise<void>;
}

/** A file that came with the request, already kept. */
export interface ReceivedFile {
  readonly hash: string;
  readonly bytes: number;
  readonly name: string;
}

/** Something the system does, declared once. Every door is a loop over the list of these. */
export interface Operation<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  /** Verb and noun, e.g. `bindPolicy`: the CLI command, the OpenAPI operation id, the journal's word. */
  readonly name: string;
  readonly module: string;
  readonly summary: Text;
  readonly who: Permission;
  /** Fields of the path, the query and the body together. */
  readonly input: I;
  readonly output: O;
  /** null: no HTTP route; only the worker runs it. */
  readonly http: HttpDoor | null;
  /** `read` runs in a read-only transaction and leaves no journal line; `write` is journalled and takes an Idempotency-Key; `money` requires one. */
  readonly effect: 'read' | 'write' | 'money';
  /** Done by the system once a day, without anybody asking; its input is empty and its permission `system:run`. */
  readonly schedule?: 'daily-for-each-organisation' | 'daily-for-the-installation';
  /** Anybody may ask, signed in or not. Only for what is read from the paper in force and belongs to no organisation. */
  readonly public?: boolean;
  /** The answer holds a secret that is shown once: no answer is kept for a repeated Idempotency-Key, and the doors pass none on. */
  readonly shownOnce?: boolean;
  /** The name of the list operation whose rows this one writes as a file; see `exportOf`. */
  readonly exports?: string;
  readonly run: (context: Context, input: z.infer<I>) => Promise<z.infer<O>>;
}

export interface HttpDoor {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Under `/api`, with `{field}` for fields of the input. */
  readonly path: string;
  readonly status: 200 | 201 | 202;
  /** `json`: input fields not in the path are the body (or the query for GET). `file`: multipart with one part `file`, given to the operation as input field `file` (ReceivedFile). `document`: the output is `{ file: base64, mediaType, name }` and is sent as that file. */
  readonly body: 'json' | 'file' | 'document';
}

/** Declares an operation; only here for the types to be inferred. */
export const operation = <I extends z.ZodType, O extends z.ZodType>(declared: Operation<I, O>): Operation<I, O> => declared;
