import type { Actor, Operation } from '../app/operation.ts';
import type { Identity } from '../io/identity/index.ts';
import type { Files } from '../io/interfaces.ts';
import type { Visit } from './entrance.ts';
import type { Limits } from './limits.ts';

/** The one path that every operation takes; the door only carries requests to it. */
export interface Runner {
  run(operation: Operation, call: { actor: Actor; input: unknown; key?: string }): Promise<{ output: unknown; replayed: boolean }>;
}

/** What the HTTP door is built from. */
export interface DoorParts {
  readonly operations: readonly Operation[];
  readonly runner: Runner;
  readonly identity: Identity;
  readonly files: Pick<Files, 'keep'>;
  /** Journals an attempt to sign in, in every organisation of the person. */
  readonly witness: (attempt: { user: string | null; what: string; outcome: string; address: string }) => Promise<void>;
  /** What the public may know of a document, by its code. */
  readonly verify: Visit['verify'];
  /** Names what the outside did to the system while it asked who calls; anything else stays the error that it is. */
  readonly nameOutage: (error: unknown) => unknown;
  /** What must be up before requests can be served: name → whether it is. */
  readonly readiness: () => Promise<Readonly<Record<string, boolean>>>;
  /** The built portal, or null when only the API is served. */
  readonly portalDir: string | null;
  /** Address under which people reach the portal. */
  readonly baseUrl: string;
  /** Addresses and networks of proxies that tell the client's address truly. */
  readonly trustedProxies: readonly string[];
  readonly version: string;
  readonly limits: Limits;
  /** Needed for `/metrics` from elsewhere than this machine; null: only from this machine. */
  readonly metricsKey: string | null;
  readonly log: { readonly level: string; readonly stream?: { write(line: string): void } };
}
