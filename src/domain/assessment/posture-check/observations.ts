import { z } from 'zod';
import { Instant } from '../../basics/index.ts';
import { MethodClass, OwnAssetKind } from '../own-assets/index.ts';

const records = z.array(z.string().max(4000)).max(100);
const host = z.string().min(1).max(255);
const port = z.int().min(1).max(65535);

/** Public DNS records of one domain. A list is null when the question was not answered; empty when the answer was that there are none. */
export const DnsSeen = z.strictObject({
  domain: host,
  mx: records.nullable(),
  /** TXT records of the domain that begin with `v=spf1`. */
  spf: records.nullable(),
  /** TXT records that begin with `v=DMARC1`, of the domain or of the nearest parent that has one. */
  dmarc: records.nullable(),
  /** Where the DMARC records were found; null when there are none. */
  dmarcAt: host.nullable(),
  /** CAA records in force: the domain's or those of the nearest parent that has some. */
  caa: records.nullable(),
});
export type DnsSeen = z.infer<typeof DnsSeen>;

export const TlsVersion = z.enum(['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3']);
export type TlsVersion = z.infer<typeof TlsVersion>;

/** The certificate that a server showed. `names` are those it is for; `trustFault` is the reason why no public authority vouches for it, null when one does. */
export const CertificateSeen = z.strictObject({
  subject: z.string().max(500),
  issuer: z.string().max(500),
  validFrom: Instant,
  validUntil: Instant,
  names: z.array(z.string().max(255)).max(200),
  trustFault: z.string().max(100).nullable(),
  matchesHost: z.boolean(),
  keyType: z.string().max(30),
  keyBits: z.int().nullable(),
});
export type CertificateSeen = z.infer<typeof CertificateSeen>;

/** One TLS port. `certificate` is null when no handshake succeeded. */
export const TlsSeen = z.strictObject({
  host,
  address: z.string(),
  port,
  versions: z.record(TlsVersion, z.enum(['accepted', 'refused', 'not-checked'])),
  certificate: CertificateSeen.nullable(),
});
export type TlsSeen = z.infer<typeof TlsSeen>;

/** One answer of a web server. Header names are in lower case; a repeated header stands repeatedly. Of the body only what a rule matched is kept. */
export const WebSeen = z.strictObject({
  url: z.string().max(500),
  host,
  port,
  secure: z.boolean(),
  status: z.int(),
  headers: z.array(z.strictObject({ name: z.string().max(100), value: z.string().max(1000) })).max(100),
});
export type WebSeen = z.infer<typeof WebSeen>;

/** One path of the short list. `recognised` says that the answer is the thing which the path is known for. */
export const PathSeen = z.strictObject({ url: z.string().max(500), host, port, what: z.string().max(100), status: z.int(), recognised: z.boolean() });
export type PathSeen = z.infer<typeof PathSeen>;

/** One TCP port. `filtered`: no answer in time. */
export const PortSeen = z.strictObject({ host, address: z.string(), port, state: z.enum(['open', 'closed', 'filtered']), banner: z.string().max(300) });
export type PortSeen = z.infer<typeof PortSeen>;

/** Everything that one check saw of one asset. */
export const Observations = z.strictObject({
  dns: DnsSeen.nullable(),
  tls: z.array(TlsSeen).max(20),
  web: z.array(WebSeen).max(20),
  paths: z.array(PathSeen).max(100),
  ports: z.array(PortSeen).max(500),
});
export type Observations = z.infer<typeof Observations>;

/** What a check was about, and how it went. */
export const CheckFacts = z.strictObject({
  asset: z.strictObject({ name: host, kind: OwnAssetKind }),
  methodClass: MethodClass,
  /** All addresses that the name led to when the check began. */
  addresses: z.array(z.string()).max(64),
  startedAt: Instant,
  finishedAt: Instant,
  /** Why it ended early; null when it ran to its end. */
  stoppedBy: z.string().max(100).nullable(),
});
export type CheckFacts = z.infer<typeof CheckFacts>;
