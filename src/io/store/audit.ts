import { createHash, randomBytes } from 'node:crypto';
import { canonicalJson } from '../../domain/basics/index.ts';
import type { Execute, Journal, JournalEvent, JournalLine } from '../interfaces.ts';
import type { Session } from './session.ts';
import { ownOnly } from './visible.ts';

interface AuditRow {
  sequence: string;
  entry: string;
  hash: string;
}

/** The hash that the first entry is chained to. */
const beginning = '0'.repeat(64);
const linesPerWalk = 5_000;
const inputLimit = 65_536;

/** `SHA-256(previous ‖ entry)`: 32 bytes of the previous hash, then the entry's UTF-8 bytes. Lower-case hex. `app.add_audit_line` computes the same. */
const chainHash = (previous: string, entry: string): string => createHash('sha256').update(Buffer.from(previous, 'hex')).update(entry, 'utf8').digest('hex');

/** Writes the event into the journal of the acting organisation and of each other one whose records it saved, in the order of their ids. */
export async function addLines(session: Session, event: JournalEvent): Promise<void> {
  const touched = new Set([session.organisation, ...session.changes.map((change) => change.organisation)]);
  for (const organisation of [...touched].sort()) await session.as(organisation, (execute) => addLine(execute, session, organisation, event));
}

async function addLine(execute: Execute, session: Session, organisation: string, event: JournalEvent): Promise<void> {
  const input = keptInput(event.input);
  const entry = canonicalJson(entryOf(session, organisation, event, input.commitment));
  const kept = organisation === session.organisation ? [input.salt, input.text] : [null, null];
  await execute('select app.add_audit_line($1, $2, $3, $4)', [organisation, entry, ...kept]);
}

/** An entry but for its sequence, which the database adds when its turn has come. What was asked and the facts noted are the acting organisation's business; a counterpart's line says who did what to its own records. */
function entryOf(session: Session, organisation: string, event: JournalEvent, commitment: string): unknown {
  const records = session.changes.filter((change) => change.organisation === organisation).map(({ record, version }) => ({ record, version }));
  const own = organisation === session.organisation;
  return { at: session.now, actor: event.actor, commitment, operation: event.operation, outcome: event.outcome, records, facts: own ? event.facts : {} };
}

/** The salt keeps a short input from being guessed from its hash. Very long inputs are kept as their hash alone. */
function keptInput(input: unknown): { salt: string; text: string; commitment: string } {
  const salt = randomBytes(16).toString('hex');
  const text = canonicalJson(input ?? null);
  const commitment = createHash('sha256').update(salt).update(text).digest('hex');
  return { salt, commitment, text: text.length <= inputLimit ? text : JSON.stringify({ tooLongToKeep: text.length }) };
}

/** The journal of one organisation, on its session. */
export const journalOf = (session: Session, organisation: string): Journal => ({
  list: (page) =>
    session.as(organisation, async (execute) => {
      const text = `select sequence, entry, hash from app.audit where ${ownOnly} and ($2::bigint is null or sequence < $2) order by sequence desc limit $3`;
      const rows = await execute<AuditRow>(text, [organisation, page.before ?? null, Math.min(page.limit ?? 50, 500)]);
      return rows.map(lineOf);
    }),
  verify: () => session.as(organisation, (execute) => verifyChain(execute, organisation)),
});

function lineOf(row: AuditRow): JournalLine {
  const entry = JSON.parse(row.entry) as Pick<JournalLine, 'at' | 'operation' | 'outcome' | 'facts'> & { actor: { user: string } };
  return {
    sequence: Number(row.sequence),
    at: entry.at,
    actor: entry.actor.user,
    operation: entry.operation,
    outcome: entry.outcome,
    facts: entry.facts,
    hash: row.hash,
  };
}

/** Walks the chain from its beginning. `broken` is the first sequence that is missing, out of place, or does not hash to what is kept. */
async function verifyChain(execute: Execute, organisation: string): Promise<{ lines: number; broken: number | null; head: string }> {
  let lines = 0;
  let head = beginning;
  for (;;) {
    const rows = await execute<AuditRow>(`select sequence, entry, hash from app.audit where ${ownOnly} and sequence > $2 order by sequence limit $3`, [
      organisation,
      lines,
      linesPerWalk,
    ]);
    for (const row of rows) {
      if (!follows(row, lines + 1, head)) return { lines, broken: lines + 1, head };
      lines += 1;
      head = row.hash;
    }
    if (rows.length < linesPerWalk) return { lines, broken: null, head };
  }
}

function follows(row: AuditRow, expected: number, previous: string): boolean {
  return Number(row.sequence) === expected && chainHash(previous, row.entry) === row.hash && sequenceIn(row.entry) === expected;
}

function sequenceIn(entry: string): unknown {
  try {
    return (JSON.parse(entry) as { sequence?: unknown }).sequence;
  } catch {
    return null;
  }
}
