import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const minLength = 43;

/** The installation's secret: made of 32 random bytes at first start, kept in the data folder for this user's eyes only. There is no default. */
export function readSecret(dataDir: string): string {
  const path = join(dataDir, 'secret');
  mkdirSync(dataDir, { recursive: true });
  keepNewSecret(path);
  const secret = readFileSync(path, 'utf8').trim();
  if (secret.length < minLength)
    throw new Error(
      `the secret in ${path} is too short: restore it from a backup, or delete the file (everybody must sign in again and enrol second factors anew)`,
    );
  return secret;
}

function keepNewSecret(path: string): void {
  try {
    writeFileSync(path, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
