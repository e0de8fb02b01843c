import path from 'node:path';
import { z } from 'zod';
import { Refusal } from '../domain/basics/index.ts';
import { databaseCanReach } from '../io/store/index.ts';

/** How an installation is set up. Every setting comes from the environment; there is no configuration file. */
export interface Configuration {
  readonly host: string;
  readonly port: number;
  /** Address under which people reach the portal; behind a proxy, the proxy's. */
  readonly baseUrl: string;
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  readonly appDatabaseUrl: string | null;
  readonly logLevel: z.infer<typeof LogLevel>;
  /** Load the invented demo world into an empty installation. */
  readonly demo: boolean;
  readonly demoPassword: string;
  readonly metricsKey: string | null;
  readonly requestsPerMinute: number;
  /** Addresses of proxies whose word on the client's address is taken; from anybody else it could be invented. */
  readonly trustedProxies: readonly string[];
  /** Fetch the threat feeds from their public addresses every day; else they are read from folders only. */
  readonly fetchFeeds: boolean;
}

const LogLevel = z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']);
const PostgresUrl = z.url({ protocol: /^postgres(ql)?$/ });
const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.int().min(least).max(most));

const Environment = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: wholeNumber(0, 65535).default(8787),
  BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  DATA_DIR: z.string().min(1).optional(),
  DATABASE_URL: PostgresUrl.optional(),
  APP_DATABASE_URL: PostgresUrl.optional(),
  LOG_LEVEL: LogLevel.default('warn'),
  DEMO: z.enum(['on', 'off']).optional(),
  DEMO_PASSWORD: z.string().min(10).max(256).optional(),
  FEEDS: z.enum(['fetch', 'folder']).optional(),
  METRICS_KEY: z.string().min(16).optional(),
  REQUESTS_PER_MINUTE: wholeNumber(1, 100_000_000).default(6000),
  TRUSTED_PROXIES: z
    .string()
    .regex(/^[0-9a-fA-F.:/]+( *, *[0-9a-fA-F.:/]+)*$/, 'must be addresses or networks with commas between them')
    .default(''),
});

/** The password of the demo people when nobody reaches the portal but this machine. */
const localDemoPassword = 'riskloop-demo';
const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.');

/** Reads the configuration. Throws a Refusal `configuration-invalid` that names every variable that makes no sense. */
export function readConfiguration(env: Readonly<Record<string, string | undefined>>, checkout: string): Configuration {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const read = Environment.safeParse(given);
  if (!read.success) throw invalid(read.error.issues.map(({ path: at, message }) => ({ path: at.join('.'), message })));
  const { HOST: host, PORT: port } = read.data;
  const demo = read.data.DEMO === undefined ? isLoopback(host) : read.data.DEMO === 'on';
  if (demo && !isLoopback(host) && read.data.DEMO_PASSWORD === undefined)
    throw invalid([{ path: 'DEMO_PASSWORD', message: `the demo world on \`${host}\` is open to others: set a password of your own` }]);
  return {
    host,
    port,
    baseUrl: (read.data.BASE_URL ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`).replace(/\/$/, ''),
    dataDir: path.resolve(read.data.DATA_DIR ?? usualDataDir(checkout)),
    databaseUrl: read.data.DATABASE_URL ?? null,
    appDatabaseUrl: read.data.APP_DATABASE_URL ?? null,
    logLevel: read.data.LOG_LEVEL,
    demo,
    demoPassword: read.data.DEMO_PASSWORD ?? localDemoPassword,
    // The demo world has threats of its own, which its firms and prices fit.
    fetchFeeds: (read.data.FEEDS ?? (demo ? 'folder' : 'fetch')) === 'fetch',
    metricsKey: read.data.METRICS_KEY ?? null,
    requestsPerMinute: read.data.REQUESTS_PER_MINUTE,
    trustedProxies: read.data.TRUSTED_PROXIES.split(',')
      .map((word) => word.trim())
      .filter((word) => word !== ''),
  };
}

/** `.data` in the checkout, unless we are root and the account that the database runs as cannot get there (a clone under a closed home). */
function usualDataDir(checkout: string): string {
  return databaseCanReach(checkout) ? path.join(checkout, '.data') : '/var/lib/riskloop';
}

function invalid(faults: readonly { path: string; message: string }[]): Refusal {
  const lines = faults.map(({ path: at, message }) => `${at}: ${message}`).join('\n');
  return new Refusal(
    'bad-input',
    'configuration-invalid',
    `the configuration makes no sense:\n${lines}`,
    { faults: faults.length },
    faults.map((fault) => ({ ...fault, code: 'configuration-invalid' })),
  );
}
