import { randomUUID } from 'node:crypto';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { organization, twoFactor } from 'better-auth/plugins';
import pg, { type Pool } from 'pg';
import { signInRules } from '../../domain/parties/index.ts';

const { minPasswordLength, maxFailures, lockMinutes, sessionHours } = signInRules;

export interface AuthSettings {
  /** Connections whose search path is the schema `auth`. */
  readonly pool: Pool;
  /** Signs cookies and encrypts second-factor secrets; at least 32 random bytes. */
  readonly secret: string;
  /** Address under which people reach the portal; `https:` makes the cookies secure ones. */
  readonly baseUrl: string;
}

/** The sign-in library, with what we use of it. None of its own HTTP routes is served: the doors call it through `signIn` and its siblings. */
export function buildAuth({ pool, secret, baseUrl }: AuthSettings) {
  return betterAuth({
    appName: 'Riskloop',
    baseURL: baseUrl,
    secret,
    database: pool,
    telemetry: { enabled: false },
    logger: { disabled: true },
    emailAndPassword: { enabled: true, minPasswordLength, maxPasswordLength: 256, disableSignUp: true },
    // A session ends this long after sign-in, whatever happens in it.
    session: { expiresIn: sessionHours * 3600, disableSessionRefresh: true },
    advanced: {
      cookiePrefix: 'riskloop',
      useSecureCookies: baseUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      database: { generateId: () => randomUUID() },
    },
    plugins: [
      organization({
        allowUserToCreateOrganization: false,
        schema: { organization: { additionalFields: { kind: { type: 'string', required: true } } } },
      }),
      twoFactor({ issuer: 'Riskloop', accountLockout: { maxFailedAttempts: maxFailures, durationSeconds: lockMinutes * 60 } }),
    ],
  });
}

export type Auth = ReturnType<typeof buildAuth>;

/** Makes or completes the library's tables in the schema `auth`. */
export async function migrateAuth(auth: Auth): Promise<void> {
  const { runMigrations } = await getMigrations(auth.options);
  await runMigrations();
}

/** Connections whose search path is the schema `auth`, where the library looks for its tables by name. */
export function openAuthPool(connectionString: string, max: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max,
    connectionTimeoutMillis: 5000,
    application_name: 'identity',
    options: '-c search_path=auth -c statement_timeout=10000 -c timezone=UTC',
  });
  // Without both listeners node-postgres ends the process when a connection breaks.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
