import { Refusal } from '../../domain/basics/index.ts';

/** Postgres's code of an error (SQLSTATE), or Node's of a broken connection. */
const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '');

/**
 * Two transactions got in each other's way; running one of them again can succeed (40001 serialization failure, 40P01 deadlock), or lets it see what
 * the other made and refuse by itself (23505: both inserted what exists once).
 */
export const isCollision = (error: unknown): boolean => ['40001', '40P01', '23505'].includes(codeOf(error));

const networkCodes = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH'];

/** The connection is gone or was never made: class 08, shutdown and start-up (57P01–57P03), too many connections (53300), or the network. */
export function isConnectionLoss(error: unknown): boolean {
  const code = codeOf(error);
  if (code.startsWith('08') || ['57P01', '57P02', '57P03', '53300', ...networkCodes].includes(code)) return true;
  return error instanceof Error && /^(Connection terminated|Client has encountered a connection error|Client was closed)/i.test(error.message);
}

/** Every connection stayed in use for as long as one waits: trying again at once would only lengthen the queue. */
const isCrowded = (error: unknown): boolean => error instanceof Error && error.message.startsWith('timeout exceeded when trying to connect');

/** Turns what the outside did to us into a Refusal `unavailable`; anything else stays the error that it is. */
export function asRefusal(error: unknown): unknown {
  if (isConnectionLoss(error)) return new Refusal('unavailable', 'database-unavailable', 'the database cannot be reached; nothing was changed');
  if (isCrowded(error) || isCollision(error) || codeOf(error) === '55P03')
    return new Refusal('unavailable', 'database-busy', 'others are working on the same records; try again');
  if (codeOf(error) === '57014') return new Refusal('unavailable', 'database-too-slow', 'the database took too long; nothing was changed');
  if (['53100', '58030'].includes(codeOf(error))) return new Refusal('unavailable', 'storage-full', 'the database cannot write; nothing was changed');
  if (['22P05', '22021'].includes(codeOf(error))) return new Refusal('bad-input', 'invalid-text', 'text holds characters that cannot be stored');
  return error;
}

/** The connection broke while the commit was under way: it may have happened or not. */
export const outcomeUnknown = (): Refusal =>
  new Refusal('unavailable', 'outcome-unknown', 'the connection broke during the save; whether it happened is unknown');
