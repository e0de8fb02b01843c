import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect as connectTls, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { Refusal } from '../../domain/basics/index.ts';
import { isForbiddenAddress } from './forbidden-address.ts';

/** An address of the target with the name that led to it. */
export interface Place {
  readonly host: string;
  readonly address: string;
}

/** Why there is no connection: nobody listens, nothing came in time, or what listens did not agree to the handshake. */
export type NoSocket = 'closed' | 'filtered' | 'refused';

/** Connections of one check: paced, checked at each one, and to the address that was checked. */
export interface Reach {
  /** Passes when the next packet may be sent, after waiting for its turn; throws the Refusal of whatever forbids it. `address` null: to the resolver. */
  turn(address: string | null): Promise<void>;
  open(place: Place, port: number): Promise<Socket | NoSocket>;
  openTls(place: Place, port: number, options: ConnectionOptions): Promise<TLSSocket | NoSocket>;
  /** Whether anything at all came back from the target: a connection, or a clear refusal of one. */
  reached(): boolean;
  /** Says what a web server answered: the second 5xx in a row ends the check. */
  answered(status: number): void;
}

/** Lets nothing through that is on no list; in tests, the addresses named there. */
export interface ReachOptions {
  readonly ratePerSecond: number;
  /** The live facts, asked before every single connection. */
  readonly requireMaySend: (address: string | null) => Promise<void>;
  readonly connectMillis: number;
  readonly allowForTests: ReadonlySet<string>;
}

/** Makes the only way by which a check connects to anything. */
export function createReach({ ratePerSecond, requireMaySend, connectMillis, allowForTests }: ReachOptions): Reach {
  let next = 0;
  let failures = 0;
  let reached = false;
  const noted = <S>(found: S | NoSocket): S | NoSocket => {
    reached ||= found !== 'filtered';
    return found;
  };
  const turn = async (address: string | null): Promise<void> => {
    if (address !== null && isForbiddenAddress(address) && !allowForTests.has(address)) throw forbiddenTarget(address);
    const now = performance.now();
    const mine = Math.max(now, next);
    next = mine + 1000 / ratePerSecond;
    if (mine > now) await sleep(mine - now);
    await requireMaySend(address);
  };
  return {
    turn,
    open: async ({ address }, port) => {
      await turn(address);
      return settled(connect({ host: address, port }), 'connect', connectMillis)
        .then(asPort)
        .then(noted);
    },
    openTls: async ({ address }, port, options) => {
      await turn(address);
      return settled(connectTls({ ...options, host: address, port }), 'secureConnect', connectMillis)
        .then(asPort)
        .then(noted);
    },
    reached: () => reached,
    answered: (status) => {
      failures = status >= 500 ? failures + 1 : 0;
      if (failures >= 2)
        throw new Refusal('rule', 'target-in-trouble', 'the target answered with two server errors in a row; the check left it alone', { status });
    },
  };
}

export const forbiddenTarget = (address: string): Refusal =>
  new Refusal('rule', 'target-forbidden', `nothing is sent to \`${address}\`: it is no public address`, { address });

type Settled<S> = { readonly socket: S } | { readonly code: string };

/** The socket once `event` has come, or the code of the failure; a socket that failed is destroyed. */
function settled<S extends Socket>(socket: S, event: string, millis: number): Promise<Settled<S>> {
  return new Promise((resolve) => {
    const end = (result: Settled<S>): void => {
      clearTimeout(timer);
      if ('code' in result) socket.destroy();
      resolve(result);
    };
    const timer = setTimeout(() => end({ code: 'ETIMEDOUT' }), millis);
    socket.on('error', (error: NodeJS.ErrnoException) => end({ code: error.code ?? 'unknown' }));
    socket.once(event, () => end({ socket }));
    socket.once('close', () => end({ code: 'ECONNRESET' }));
  });
}

function asPort<S extends Socket>(result: Settled<S>): S | NoSocket {
  if ('socket' in result) return result.socket;
  if (result.code === 'ECONNREFUSED') return 'closed';
  return ['ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EACCES', 'EPERM'].includes(result.code) ? 'filtered' : 'refused';
}
