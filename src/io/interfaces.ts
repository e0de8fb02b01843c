import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { Finding, MethodClass, OwnAssetKind, ProofMethod, ScannerReport } from '../domain/assessment/index.ts';
import type { ReportEncoding } from '../domain/readers/index.ts';
import type { Instant, Language, Money, Text } from '../domain/basics/index.ts';
import type { MemberRole, OrganisationKind, Permission } from '../domain/parties/index.ts';
import type { FeedKind, ThreatOutlook, WeaknessCatalogue } from '../domain/threats/index.ts';

/** What the application may ask of the world. `src/io` fulfils these; `src/app` imports them as types only. */

/** Says where a kind of record lives: one table `app.<table>`, its body validated by `schema`, its `columns` copied out of the body for filters and sorting. */
export interface RecordKind<S extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly table: string;
  readonly schema: S;
  readonly schemaVersion: number;
  /** `upgrades[n]` turns a body of schema version n into one of n + 1. */
  readonly upgrades: Readonly<Record<number, (body: unknown) => unknown>>;
}

/** A record as stored. `version` counts its saves from 1; every earlier version is kept. */
export interface Stored<T> {
  readonly id: string;
  /** The owning organisation. */
  readonly organisation: string;
  readonly version: number;
  readonly body: T;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Pass as `after` for the next page; null on the last. */
  readonly next: string | null;
}

/** Records seen and written as one organisation, inside one transaction. Reading shows own records and those granted; writing only own ones. */
export interface Records {
  /** Throws a Refusal `not-found` alike when the record does not exist and when this organisation may not see it. */
  get<S extends z.ZodType>(kind: RecordKind<S>, id: string): Promise<Stored<z.infer<S>>>;
  /** As `get`, and nobody else can change the record until the transaction ends. Own records only. */
  lock<S extends z.ZodType>(kind: RecordKind<S>, id: string): Promise<Stored<z.infer<S>>>;
  /** Newest first. `where` compares named columns of the kind's table for equality. */
  list<S extends z.ZodType>(
    kind: RecordKind<S>,
    page: { where?: Readonly<Record<string, string>>; after?: string | null; limit?: number },
  ): Promise<Page<Stored<z.infer<S>>>>;
  insert<S extends z.ZodType>(kind: RecordKind<S>, body: z.infer<S>): Promise<Stored<z.infer<S>>>;
  /** Throws a Refusal `changed-meanwhile` (conflict) when the stored version is not `expected`. */
  save<S extends z.ZodType>(kind: RecordKind<S>, id: string, expected: number, body: z.infer<S>): Promise<Stored<z.infer<S>>>;
  /** The body as it was at version `version`. */
  version<S extends z.ZodType>(kind: RecordKind<S>, id: string, version: number): Promise<Stored<z.infer<S>>>;
  /** The body at every version, first to last. Empty alike when the record does not exist and when this organisation may not see it. */
  versions<S extends z.ZodType>(kind: RecordKind<S>, id: string): Promise<readonly Stored<z.infer<S>>[]>;
}

/** Lets another organisation see one record: because it was submitted to it, because it was appointed. Access ends when the grant ends. */
export interface Grants {
  give(grant: { record: string; to: string; relation: string; from: Instant; until: Instant | null }): Promise<void>;
}

/** Findings of an assessment, one row each, because they are searched and counted in bulk. */
export interface Findings {
  /** Replaces everything that this report contributed; reading the same report again changes nothing. */
  replaceReport(assessment: string, report: string, read: ScannerReport): Promise<void>;
  removeReport(assessment: string, report: string): Promise<void>;
  /** What each report contributed, by report; only findings that came from a report that still stands. */
  byReport(assessment: string): Promise<ReadonlyMap<string, readonly Finding[]>>;
  /** All findings of the assessment, repeats over reports merged by finding id. */
  all(assessment: string): Promise<Finding[]>;
  /** Keeps what was read from a file of an import, apart from everything that counts; replaces what was kept for that file before. */
  setAside(importId: string, item: string, findings: readonly Finding[]): Promise<void>;
  /** What was set aside for an import, by file, each in the order in which it was kept. */
  aside(importId: string): Promise<ReadonlyMap<string, readonly Finding[]>>;
  /** Forgets what was set aside for the import, or for one file of it. */
  dropAside(importId: string, item?: string): Promise<void>;
}

/** Postings of journals. A journal whose postings do not sum to zero is refused by the database too. */
export interface Ledger {
  post(journal: {
    id: string;
    cause: string;
    at: Instant;
    currency: string;
    postings: readonly { account: string; party: string | null; amountMinor: number }[];
  }): Promise<void>;
  of(cause: string): Promise<readonly { journal: string; account: string; party: string | null; amountMinor: number; currency: string; at: Instant }[]>;
}

/** Durable work, enqueued in the transaction that saves; it runs as soon as that commits, at least once. */
export interface Jobs {
  enqueue(operation: string, input: Readonly<Record<string, unknown>>, options?: { about?: string }): Promise<string>;
  /** A job of the acting organisation; throws a Refusal `not-found` for any other. */
  get(job: string): Promise<JobState>;
}

/** Files addressed by the SHA-256 of their content. */
export interface Files {
  /** Reads the stream into the store while hashing it. Throws a Refusal `file-too-large` beyond `maxBytes`, and keeps nothing then. */
  keep(stream: Readable, maxBytes: number): Promise<{ hash: string; bytes: number }>;
  path(hash: string): string;
  /** The content of a kept file; null where it is larger than `maxBytes`. */
  read(hash: string, maxBytes: number): Promise<Uint8Array | null>;
}

/** Reads a scanner report apart from this process, bounded in time and memory. */
export interface ReportReading {
  /** `encoding`: what a person chose for it. `tell` hears, now and then, how many bytes and records were read. */
  read(
    path: string,
    options: { now: Instant; encoding?: ReportEncoding | null; tell?: (progress: { bytes: number; records: number }) => void },
  ): Promise<ScannerReport>;
  /** A piece of the file where its encoding shows, under each encoding that can be chosen. */
  sample(path: string): Promise<Readonly<Record<ReportEncoding, string>>>;
  /** The files inside an archive, written out until `discard`; null when the file is no archive. Throws a Refusal when even one of them is not fit. */
  unpack(path: string): Promise<UnpackedArchive | null>;
}

/** An archive that was unpacked: each file with its name inside and where it lies now. */
export interface UnpackedArchive {
  readonly members: readonly { readonly name: string; readonly path: string; content(): Readable }[];
  discard(): void;
}

/** Where a proof of ownership is looked for. */
export interface ProofQuestion {
  readonly method: ProofMethod;
  readonly name: string;
}

/** A posture check to be carried out. `addresses` were resolved and checked; only they are connected to. */
export interface ProbeOrder {
  readonly asset: { readonly name: string; readonly kind: OwnAssetKind };
  readonly addresses: readonly string[];
  readonly methodClass: MethodClass;
  readonly ratePerSecond: number;
  /** Asked before every connection, with the address (null: the resolver); a Refusal that it throws ends the check. */
  readonly requireMaySend: (address: string | null) => Promise<void>;
  /** Told after each of the four parts: DNS, TLS, web, ports. */
  readonly progress: (part: number) => Promise<void>;
}

/** What a posture check brought: its reports as files, with that of nmap where it is installed, and why it is not complete (null: it is). */
export interface ProbeResult {
  readonly reports: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly stoppedBy: string | null;
  readonly connections: number;
}

/** The only part that sends packets to other people's machines. It sends nothing to addresses that are not public. */
export interface Probes {
  /** All addresses of a name. Throws a Refusal `name-not-resolved`, or `target-forbidden` when one of them is not public. */
  resolve(name: string): Promise<string[]>;
  /** The texts found where the proof should be; none when there is nothing. */
  lookForProof(question: ProofQuestion): Promise<string[]>;
  check(order: ProbeOrder): Promise<ProbeResult>;
}

/** Things that only one organisation can hold at a time. Nobody learns from it who holds what. */
export interface Holdings {
  /** Takes or prolongs the hold; false when another organisation has it now. */
  hold(thing: string, until: Instant): Promise<boolean>;
  release(thing: string): Promise<void>;
}

/** Makes a document as PDF bytes; the same data always gives the same bytes. */
export interface Documents {
  make(document: {
    kind:
      'policy-schedule' | 'quotation' | 'evaluation-report' | 'wording' | 'assessment-report' | 'subsidy-file' | 'cancellation-notice' | 'member-certificate';
    language: 'zh' | 'en';
    data: unknown;
  }): Promise<Uint8Array>;
}

/** What a column of a spreadsheet holds; `instant` is shown in Beijing time, `share` 0.5 as 50 %, `money` in units of its currency. */
export type ColumnKind = 'text' | 'prose' | 'integer' | 'number' | 'share' | 'money' | 'instant' | 'day' | 'flag';

export interface SheetColumn {
  readonly title: Text;
  readonly kind: ColumnKind;
}

/** What a cell holds: an Instant or a Day as its text; null for nothing. */
export type Cell = string | number | boolean | Money | null;

export interface Sheet {
  readonly name: Text;
  readonly columns: readonly SheetColumn[];
  readonly rows: AsyncIterable<readonly Cell[]> | Iterable<readonly Cell[]>;
}

/** Tables to be written as one file. A CSV file holds the first sheet only, under what is said `about` it; a workbook says it on a sheet of its own. */
export interface Workbook {
  readonly format: 'csv' | 'xlsx';
  readonly language: Language;
  readonly sheets: readonly Sheet[];
  /** Said about the file, each with its name: who made it, when, from what, by which filters. Empty: nothing is said. */
  readonly about: readonly (readonly [Text, string])[];
  readonly madeAt: Instant;
}

/** Writes spreadsheets. Rows are taken one by one; only the file itself is held in memory. */
export interface Spreadsheets {
  /** Throws a Refusal `export-too-long` beyond 200,000 rows of a sheet and `export-too-large` beyond 64 MiB; then there is no file. */
  write(workbook: Workbook): Promise<{ readonly bytes: Uint8Array; readonly mediaType: string; readonly rows: number }>;
}

/** A key pair as it is stored: the public half (SubjectPublicKeyInfo, DER, base64), and the private half sealed. */
export interface SealedKey {
  readonly publicKey: string;
  readonly sealed: string;
}

/** Ed25519 signatures with keys that lie sealed in the store. Signatures and keys are base64. */
export interface Signing {
  makeKey(): SealedKey;
  sign(key: SealedKey, text: string): string;
  verifies(signed: { readonly publicKey: string; readonly signature: string; readonly text: string }): boolean;
  /** SHA-256 of a public key, hex. */
  fingerprint(publicKey: string): string;
}

/** What a stranger may know of a document that he holds, by the code printed on it. Belongs to nobody; nothing in it is ever changed. */
export interface Seals {
  /** A code that is there already stays as it is: the code is the hash of what it stands for. */
  add(code: string, facts: unknown): Promise<void>;
  find(code: string): Promise<unknown>;
}

/** How far a piece of durable work is. */
export interface JobState {
  readonly id: string;
  readonly operation: string;
  readonly about: string | null;
  readonly state: 'queued' | 'running' | 'retrying' | 'done' | 'failed';
  readonly attempts: number;
  readonly progress: { readonly done: number; readonly total: number; readonly note: string } | null;
  readonly refusal: { readonly code: string; readonly detail: string } | null;
  readonly createdAt: Instant;
  readonly startedAt: Instant | null;
  readonly finishedAt: Instant | null;
}

/** One line of the journal: who did what, when, to which record versions, under which rules; chained to the line before by its hash. */
export interface JournalLine {
  readonly sequence: number;
  readonly at: Instant;
  readonly actor: string;
  readonly operation: string;
  readonly outcome: string;
  readonly facts: Readonly<Record<string, string | number>>;
  readonly hash: string;
}

/** The organisation's own journal. */
export interface Journal {
  /** Newest first. */
  list(page: { before?: number | null; limit?: number }): Promise<readonly JournalLine[]>;
  /** Walks the whole chain; `broken` is the first sequence whose hash does not fit, null when the chain is whole. */
  verify(): Promise<{ lines: number; broken: number | null; head: string }>;
}

/** One person's place in one organisation. */
export interface Membership {
  readonly organisation: string;
  readonly organisationName: string;
  readonly organisationKind: OrganisationKind;
  readonly roles: readonly MemberRole[];
}

/** A member as its organisation's administrators see it. */
export interface Member {
  readonly user: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly MemberRole[];
  readonly secondFactor: boolean;
  readonly since: Instant;
}

/** An API key as it is listed: never the key itself. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  /** The first characters of the key, by which its owner recognises it. */
  readonly prefix: string;
  readonly permissions: readonly Permission[];
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant | null;
  readonly revokedAt: Instant | null;
}

/** An invitation as it is listed: never the token of its link. */
export interface Invitation {
  readonly id: string;
  readonly email: string;
  readonly roles: readonly MemberRole[];
  /** Name of the inviting person. */
  readonly invitedBy: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly acceptedAt: Instant | null;
  readonly revokedAt: Instant | null;
}

export interface NewInvitation {
  readonly organisation: string;
  readonly by: string;
  readonly email: string;
  readonly roles: readonly MemberRole[];
  readonly validDays: number;
  /** An earlier invitation of the same address that is still open ends, unless it came with sections to answer. */
  readonly replaces: boolean;
}

/** People, memberships, sessions and API keys. */
export interface Members {
  person(user: string): Promise<{ id: string; name: string; email: string; secondFactor: boolean }>;
  membershipsOf(user: string): Promise<readonly Membership[]>;
  listMembers(organisation: string): Promise<readonly Member[]>;
  /** Ends the membership and, at once, everything that person may do there. Throws a Refusal `last-administrator` when nobody would be left who may manage members. */
  removeMember(organisation: string, user: string): Promise<void>;
  /** The session acts for `organisation` from now on. Throws a Refusal `absent` alike when there is no such organisation and when the user is no member. */
  switchOrganisation(session: string, user: string, organisation: string): Promise<Membership>;
  /** `secret` is the key itself; it is kept only as a hash. */
  createApiKey(key: { organisation: string; user: string; name: string; permissions: readonly Permission[] }): Promise<ApiKey & { secret: string }>;
  listApiKeys(organisation: string): Promise<readonly ApiKey[]>;
  revokeApiKey(organisation: string, id: string): Promise<ApiKey>;
  /** `token` belongs into a link and is kept only as a hash. */
  invite(invitation: NewInvitation): Promise<Invitation & { token: string }>;
  listInvitations(organisation: string): Promise<readonly Invitation[]>;
  /** Throws a Refusal `not-found` when there is no such open invitation. */
  revokeInvitation(organisation: string, id: string): Promise<void>;
  /** Throws a Refusal `last-administrator` when nobody would be left who may manage members. */
  setRoles(organisation: string, user: string, roles: readonly MemberRole[]): Promise<void>;
  organisationsOf(kind: OrganisationKind): Promise<readonly { id: string; name: string }[]>;
}

/** One organisation's view of the store, inside a transaction. */
export interface Desk {
  readonly records: Records;
  readonly grants: Grants;
  readonly findings: Findings;
  readonly ledger: Ledger;
}

/** Runs one SQL statement in a transaction, as one organisation. */
export type Execute = <Row>(text: string, values: readonly unknown[]) => Promise<Row[]>;

/** For whom, when and how a transaction runs. */
export interface View {
  readonly organisation: string;
  readonly now: Instant;
  readonly mode: 'read' | 'write';
  /** Running it all again after a commit whose outcome is unknown does no harm: it carries an idempotency key. */
  readonly repeatable: boolean;
}

/** One call under an idempotency key. */
export interface KeyedCall {
  readonly operation: string;
  readonly key: string;
  readonly inputHash: string;
}

/** What happened, for the journals of everybody whose records it touched. */
export interface JournalEvent {
  readonly actor: { readonly user: string; readonly organisation: string; readonly via: string; readonly credential?: string };
  readonly operation: string;
  /** Kept apart from the chain, which holds a salted hash of it. */
  readonly input: unknown;
  readonly outcome: string;
  readonly facts: Readonly<Record<string, string | number>>;
}

/** What a transaction offers; its own desk is that of the view's organisation. */
export interface Transaction extends Desk {
  readonly seals: Seals;
  readonly holdings: Holdings;
  deskOf(organisation: string): Desk;
  readonly journal: Journal;
  /** Waits for a call with the same key that is under way. `answered` holds the kept answer of an earlier one; its input may have been another, then a Refusal `idempotency-key-reused`. */
  claimCall(call: KeyedCall): Promise<{ readonly answered: false } | { readonly answered: true; readonly output: unknown }>;
  keepAnswer(call: KeyedCall, output: unknown): Promise<void>;
  /** Writes down that the acting organisation handed in the file of this content. */
  receiveFile(hash: string): Promise<void>;
  /** Whether the acting organisation handed in the file of this content: only then may it refer to it. */
  hasReceived(hash: string): Promise<boolean>;
  /** One line in the acting organisation's journal and one in that of each other organisation whose records were saved. The last thing a transaction does. */
  addJournalLines(event: JournalEvent): Promise<void>;
  /** For the parts of `src/io` that save along with the transaction. */
  readonly execute: Execute;
}

/** The store. `transact` runs the work in one transaction, and runs it again when it collided with another one; so the work must have no effect outside. */
export interface Database {
  transact<T>(view: View, work: (transaction: Transaction) => Promise<T>): Promise<T>;
}

/** A job that a worker took from the queue. */
export interface TakenJob {
  readonly id: string;
  readonly organisation: string;
  readonly lastAttempt: boolean;
}

/** What is needed to run a job. */
export interface JobOrder {
  readonly operation: string;
  readonly input: unknown;
  /** Who asked for it, as given to `within`. */
  readonly actor: unknown;
}

/** The durable queue. */
export interface JobQueue {
  /** The jobs of `organisation`, which the transaction acts for; what is enqueued becomes visible when the transaction commits. */
  within(transaction: Transaction, organisation: string, now: Instant, actor: unknown): Jobs;
  /** Marks the job as running. null when it has ended already: a repeated delivery. */
  begin(job: TakenJob, now: Instant): Promise<JobOrder | null>;
  /** Inside the transaction that has the job's effects: the job is done. */
  finish(transaction: Transaction, job: TakenJob, now: Instant, result: unknown): Promise<void>;
  fail(job: TakenJob, now: Instant, refusal: { code: string; detail: string }, again: boolean): Promise<void>;
  report(job: TakenJob, now: Instant, progress: { done: number; total: number; note: string }): Promise<void>;
}

/** One version of a threat feed as it is kept. */
export interface FeedVersion {
  readonly model: string | null;
  readonly date: string | null;
  readonly entries: number;
  readonly origin: string;
  readonly hash: string;
  readonly receivedAt: Instant;
  /** Who released it, where a person had to. */
  readonly releasedBy: string | null;
}

/** How bringing one feed up to date went. `refused`: it was bad, and what was in force stays. */
export interface FeedAttempt {
  readonly kind: FeedKind;
  readonly at: Instant;
  readonly origin: string;
  readonly outcome: 'taken' | 'same' | 'held' | 'refused' | 'absent';
  readonly code: string | null;
  readonly detail: string | null;
}

export interface FeedState {
  readonly kind: FeedKind;
  readonly inForce: FeedVersion | null;
  readonly held: FeedVersion | null;
  readonly lastAttempt: FeedAttempt | null;
}

/** The threat feeds of the installation. They are public, belong to no organisation, and live outside the operation's transaction: what changes holds at once. */
export interface ThreatFeeds {
  /** What is in force, as far as this process has heard; `reload` hears of what others did. */
  outlook(): ThreatOutlook;
  /** The catalogue of weaknesses in force; empty where none was ever received. */
  weaknesses(): WeaknessCatalogue;
  reload(): Promise<void>;
  refresh(): Promise<readonly FeedAttempt[]>;
  state(): Promise<readonly FeedState[]>;
  /** Puts the held EPSS scores in force. Throws a Refusal `no-model-held` or `another-model-held`. */
  release(model: string, by: string): Promise<void>;
}
