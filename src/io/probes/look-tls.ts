import { checkServerIdentity, type PeerCertificate, type SecureVersion, type TLSSocket } from 'node:tls';
import type { CertificateSeen, TlsSeen } from '../../domain/assessment/index.ts';
import type { Place, Reach } from './reach.ts';

type TlsVersion = keyof TlsSeen['versions'];

const modern: readonly TlsVersion[] = ['TLSv1.2', 'TLSv1.3'];
const legacy: readonly TlsVersion[] = ['TLSv1', 'TLSv1.1'];

/** Looks at one TLS port: which versions it accepts, and its certificate. null when there is no TLS on it. `gentle` also tries the outdated versions. */
export async function lookAtTls(
  reach: Reach,
  place: Place,
  options: { port: number; gentle: boolean; roots: readonly string[] | null },
): Promise<TlsSeen | null> {
  const versions: Record<TlsVersion, 'accepted' | 'refused' | 'not-checked'> = {
    TLSv1: 'not-checked',
    'TLSv1.1': 'not-checked',
    'TLSv1.2': 'not-checked',
    'TLSv1.3': 'not-checked',
  };
  let certificate: CertificateSeen | null = null;
  for (const version of [...modern, ...(options.gentle ? legacy : [])]) {
    const socket = await shakeHands(reach, place, { ...options, version });
    if (socket === 'closed' || socket === 'filtered')
      return certificate === null && versions['TLSv1.2'] === 'not-checked' ? null : { ...place, port: options.port, versions, certificate };
    versions[version] = socket === 'refused' ? 'refused' : 'accepted';
    if (socket === 'refused') continue;
    certificate ??= readCertificate(socket, place.host);
    socket.destroy();
  }
  return Object.values(versions).includes('accepted') ? { ...place, port: options.port, versions, certificate } : null;
}

/** The certificate is judged by us and not by the handshake, so that a bad one is seen instead of only refused. Outdated versions need the lowest security level. */
function shakeHands(reach: Reach, place: Place, options: { port: number; version: TlsVersion; roots: readonly string[] | null }) {
  const version = options.version as SecureVersion;
  const outdated = legacy.includes(options.version);
  return reach.openTls(place, options.port, {
    minVersion: version,
    maxVersion: version,
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined,
    ...(place.host === place.address ? {} : { servername: place.host }),
    ...(outdated ? { ciphers: 'DEFAULT:@SECLEVEL=0' } : {}),
    ...(options.roots === null ? {} : { ca: [...options.roots] }),
  });
}

function readCertificate(socket: TLSSocket, host: string): CertificateSeen | null {
  const shown = socket.getPeerCertificate();
  if (shown.valid_to === undefined) return null;
  const fault = socket.authorizationError as unknown;
  return {
    subject: nameOf(shown.subject),
    issuer: nameOf(shown.issuer),
    validFrom: new Date(shown.valid_from).toISOString(),
    validUntil: new Date(shown.valid_to).toISOString(),
    names: (shown.subjectaltname ?? '')
      .split(', ')
      .filter(Boolean)
      .slice(0, 200)
      .map((name) => name.slice(0, 255)),
    trustFault: socket.authorized ? null : (fault instanceof Error ? fault.message : String(fault)).slice(0, 100),
    matchesHost: checkServerIdentity(host, shown) === undefined,
    keyType: keyTypeOf(shown),
    keyBits: shown.bits ?? null,
  };
}

const nameOf = (name: PeerCertificate['subject'] | undefined): string =>
  Object.entries(name ?? {})
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(', ')
    .slice(0, 500);

const keyTypeOf = (certificate: PeerCertificate): string =>
  (certificate.modulus !== undefined ? 'RSA' : (certificate.asn1Curve ?? certificate.nistCurve ?? 'EC')).slice(0, 30);
