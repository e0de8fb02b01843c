import { instantMillis } from '../../basics/index.ts';
import type { CertificateSeen, TlsSeen } from './observations.ts';
import { verdict, type PostureRule, type Verdict } from './rule.ts';

const tlsAsset = ({ host, port }: TlsSeen): Verdict['asset'] => ({ kind: 'host', name: host, host, port, service: port === 443 ? 'https' : null });

const about = (certificate: CertificateSeen): string =>
  `subject ${certificate.subject}\nissuer ${certificate.issuer}\nvalid ${certificate.validFrom} to ${certificate.validUntil}\nfor ${certificate.names.join(', ')}\nkey ${certificate.keyType} ${certificate.keyBits ?? ''}`;

/** One verdict for each port that showed a certificate. */
const byCertificate =
  (fails: (certificate: CertificateSeen, now: number) => boolean): PostureRule['judge'] =>
  ({ tls }, now) =>
    tls.flatMap((seen) => (seen.certificate === null ? [] : [verdict(fails(seen.certificate, instantMillis(now)), tlsAsset(seen), about(seen.certificate))]));

const accepted = ({ versions }: TlsSeen): string[] =>
  Object.entries(versions)
    .filter(([, how]) => how === 'accepted')
    .map(([version]) => version.replace('TLSv1', 'TLS 1').replace(/^TLS 1$/, 'TLS 1.0'));

const soonMillis = 21 * 86_400_000;
const isExpired = ({ validUntil }: CertificateSeen, now: number): boolean => instantMillis(validUntil) <= now;

/** Rules about transport encryption. */
export const tlsRules: readonly PostureRule[] = [
  {
    id: 'tls-legacy-protocol',
    area: 'tls',
    method: 'gentle',
    severity: 'medium',
    title: { zh: '仍接受过时的 TLS 1.0 或 TLS 1.1', en: 'Outdated TLS 1.0 or TLS 1.1 accepted' },
    rule: {
      zh: '服务器接受 TLS 1.0 或 TLS 1.1 握手时不通过（RFC 8996 已废止）。SSL 2.0/3.0 不作检查。',
      en: 'Fails when the server completes a handshake in TLS 1.0 or TLS 1.1 (deprecated by RFC 8996). SSL 2.0 and 3.0 are not checked.',
    },
    remedy: { zh: '在服务器或负载均衡上只保留 TLS 1.2 与 TLS 1.3。', en: 'Allow only TLS 1.2 and TLS 1.3 on the server or load balancer.' },
    cwes: [326],
    judge: ({ tls }) =>
      tls.flatMap((seen) => {
        const legacy = [seen.versions.TLSv1, seen.versions['TLSv1.1']];
        if (legacy.every((how) => how === 'not-checked')) return [];
        return [verdict(legacy.includes('accepted'), tlsAsset(seen), `accepted: ${accepted(seen).join(', ') || 'none'}`)];
      }),
  },
  {
    id: 'tls-modern-missing',
    area: 'tls',
    method: 'passive',
    severity: 'medium',
    title: { zh: '不支持 TLS 1.2 与 TLS 1.3', en: 'Neither TLS 1.2 nor TLS 1.3 offered' },
    rule: { zh: '服务器既不接受 TLS 1.2 也不接受 TLS 1.3 时不通过。', en: 'Fails when the server completes a handshake neither in TLS 1.2 nor in TLS 1.3.' },
    remedy: { zh: '升级 TLS 组件并启用 TLS 1.2 与 TLS 1.3。', en: 'Update the TLS library and turn TLS 1.2 and TLS 1.3 on.' },
    cwes: [326],
    judge: ({ tls }) =>
      tls.flatMap((seen) => {
        const modern = [seen.versions['TLSv1.2'], seen.versions['TLSv1.3']];
        if (modern.includes('not-checked')) return [];
        return [verdict(!modern.includes('accepted'), tlsAsset(seen), `accepted: ${accepted(seen).join(', ') || 'none'}`)];
      }),
  },
  {
    id: 'certificate-expired',
    area: 'tls',
    method: 'passive',
    severity: 'high',
    title: { zh: '证书已过期', en: 'Certificate expired' },
    rule: { zh: '检查时刻晚于证书有效期截止时刻时不通过。', en: 'Fails when the check runs after the end of the certificate.' },
    remedy: { zh: '更换证书，并设置自动续期与到期提醒。', en: 'Renew the certificate, and automate its renewal.' },
    cwes: [298],
    judge: byCertificate(isExpired),
  },
  {
    id: 'certificate-ends-soon',
    area: 'tls',
    method: 'passive',
    severity: 'low',
    title: { zh: '证书将在三周内到期', en: 'Certificate ends within three weeks' },
    rule: { zh: '证书尚未过期，但剩余有效期不足 21 天时不通过。', en: 'Fails when the certificate has not ended but has less than 21 days left.' },
    remedy: { zh: '尽快续期，并确认自动续期正常运行。', en: 'Renew it soon, and see that automatic renewal works.' },
    cwes: [298],
    judge: byCertificate((certificate, now) => !isExpired(certificate, now) && instantMillis(certificate.validUntil) - now < soonMillis),
  },
  {
    id: 'certificate-untrusted',
    area: 'tls',
    method: 'passive',
    severity: 'high',
    title: { zh: '证书不受信任', en: 'Certificate not trusted' },
    rule: {
      zh: '证书为自签名，或证书链不能上溯到公共受信的证书机构时不通过；仅因过期而不受信任的不重复计算。',
      en: 'Fails when the certificate is self-signed or its chain does not lead to a publicly trusted authority. One that only expired is not counted twice.',
    },
    remedy: { zh: '改用公共受信机构签发的证书，并配置完整的中间证书链。', en: 'Use a certificate of a publicly trusted authority, and send the whole chain.' },
    cwes: [295],
    judge: ({ tls }) =>
      tls.flatMap((seen) => {
        const fault = seen.certificate?.trustFault ?? null;
        return seen.certificate === null
          ? []
          : [verdict(fault !== null && fault !== 'CERT_HAS_EXPIRED', tlsAsset(seen), `${fault ?? 'trusted'}\n${about(seen.certificate)}`)];
      }),
  },
  {
    id: 'certificate-wrong-host',
    area: 'tls',
    method: 'passive',
    severity: 'high',
    title: { zh: '证书与域名不符', en: 'Certificate is for a wrong host' },
    rule: {
      zh: '证书的使用者可选名称不包含所访问的域名时不通过。',
      en: 'Fails when the name that was visited is not among the alternative names of the certificate.',
    },
    remedy: { zh: '签发包含该域名的证书。', en: 'Issue a certificate that holds the name.' },
    cwes: [297],
    judge: byCertificate(({ matchesHost }) => !matchesHost),
  },
  {
    id: 'certificate-weak-key',
    area: 'tls',
    method: 'passive',
    severity: 'medium',
    title: { zh: '证书密钥强度不足', en: 'Key of the certificate is weak' },
    rule: {
      zh: 'RSA 密钥短于 2048 位，或椭圆曲线密钥短于 224 位时不通过。',
      en: 'Fails when an RSA key has fewer than 2048 bits, or an elliptic-curve key fewer than 224.',
    },
    remedy: { zh: '使用 RSA 2048 位及以上或 ECDSA P-256 密钥重新签发证书。', en: 'Issue the certificate anew with RSA of at least 2048 bits or ECDSA P-256.' },
    cwes: [326],
    judge: byCertificate(({ keyType, keyBits }) => keyBits !== null && keyBits < (keyType === 'RSA' ? 2048 : 224)),
  },
];
