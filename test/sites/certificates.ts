import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A key and a certificate, PEM. */
export interface Identity {
  readonly key: string;
  readonly cert: string;
}

/** An authority of the test's own, and what it signs. Made with openssl, so that chains are as in the world. */
export interface Authority {
  readonly cert: string;
  /** A certificate for the host; `days` may be negative for one that has ended. */
  sign(host: string, days: number): Identity;
  /** A certificate that vouches for itself. */
  signItself(host: string, days: number): Identity;
  close(): void;
}

/** Whether openssl is installed, without which no certificate can be made here. */
export const hasOpenssl = (): boolean => spawnSync('openssl', ['version']).status === 0;

export function makeAuthority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'riskloop-authority-'));
  const at = (name: string): string => join(folder, name);
  const openssl = (...args: string[]): void => void execFileSync('openssl', args, { stdio: 'ignore', cwd: folder });
  const newKey = (name: string): void => openssl('genrsa', '-out', at(name), '2048');
  newKey('authority.key');
  openssl('req', '-x509', '-new', '-key', at('authority.key'), '-subj', '/CN=Invented Test Authority', '-days', '3650', '-out', at('authority.pem'));
  let made = 0;
  const make = (host: string, days: number, signer: readonly string[]): Identity => {
    const name = `host-${++made}`;
    newKey(`${name}.key`);
    openssl('req', '-new', '-key', at(`${name}.key`), '-subj', `/CN=${host}`, '-out', at(`${name}.csr`));
    writeFileSync(at(`${name}.ext`), `subjectAltName=DNS:${host}\n`);
    const by = signer.length === 0 ? ['-signkey', at(`${name}.key`)] : signer;
    openssl(
      'x509',
      '-req',
      '-in',
      at(`${name}.csr`),
      ...by,
      '-extfile',
      at(`${name}.ext`),
      '-days',
      String(days),
      '-set_serial',
      String(1000 + made),
      '-out',
      at(`${name}.pem`),
    );
    return { key: readFileSync(at(`${name}.key`), 'utf8'), cert: readFileSync(at(`${name}.pem`), 'utf8') };
  };
  return {
    cert: readFileSync(at('authority.pem'), 'utf8'),
    sign: (host, days) => make(host, days, ['-CA', at('authority.pem'), '-CAkey', at('authority.key')]),
    signItself: (host, days) => make(host, days, []),
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
