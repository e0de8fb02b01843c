import type { Severity } from '../finding.ts';
import type { PortSeen } from './observations.ts';
import { verdict, type PostureRule, type Verdict } from './rule.ts';

/** The short list of ports, with the service that is expected there. */
export const shortPortList: readonly {
  readonly port: number;
  readonly service: string;
  readonly kind: 'plain' | 'clear-text' | 'remote-desktop' | 'file-sharing' | 'database' | 'remote-control';
}[] = [
  { port: 21, service: 'ftp', kind: 'clear-text' },
  { port: 22, service: 'ssh', kind: 'plain' },
  { port: 23, service: 'telnet', kind: 'clear-text' },
  { port: 25, service: 'smtp', kind: 'plain' },
  { port: 80, service: 'http', kind: 'plain' },
  { port: 139, service: 'netbios-ssn', kind: 'file-sharing' },
  { port: 443, service: 'https', kind: 'plain' },
  { port: 445, service: 'microsoft-ds', kind: 'file-sharing' },
  { port: 1433, service: 'ms-sql-s', kind: 'database' },
  { port: 1521, service: 'oracle', kind: 'database' },
  { port: 2375, service: 'docker', kind: 'remote-control' },
  { port: 3306, service: 'mysql', kind: 'database' },
  { port: 3389, service: 'ms-wbt-server', kind: 'remote-desktop' },
  { port: 5432, service: 'postgresql', kind: 'database' },
  { port: 5900, service: 'vnc', kind: 'remote-desktop' },
  { port: 6379, service: 'redis', kind: 'database' },
  { port: 8080, service: 'http', kind: 'plain' },
  { port: 8443, service: 'https', kind: 'plain' },
  { port: 9200, service: 'elasticsearch', kind: 'database' },
  { port: 11211, service: 'memcached', kind: 'database' },
  { port: 27017, service: 'mongodb', kind: 'database' },
];

const known = new Map(shortPortList.map((one) => [one.port, one]));

const portAsset = ({ host, port }: PortSeen): Verdict['asset'] => ({ kind: 'host', name: host, host, port, service: known.get(port)?.service ?? null });

const evidenceOf = ({ address, port, state, banner }: PortSeen): string => `${address} tcp/${port} ${state}${banner === '' ? '' : `\n${banner}`}`;

/** One verdict for each port of the kind; a port that did not answer in time is taken as closed to us. */
const byPort =
  (kind: string): PostureRule['judge'] =>
  ({ ports }) =>
    ports.filter(({ port }) => known.get(port)?.kind === kind).map((seen) => verdict(seen.state === 'open', portAsset(seen), evidenceOf(seen)));

const exposed = (
  id: string,
  kind: string,
  severity: Severity,
  words: { readonly zh: string; readonly en: string; readonly remedyZh: string; readonly remedyEn: string },
): PostureRule => {
  const list = shortPortList
    .filter((one) => one.kind === kind)
    .map(({ port, service }) => `${port} (${service})`)
    .join(', ');
  return {
    id,
    area: 'ports',
    method: 'gentle',
    severity,
    title: { zh: words.zh, en: words.en },
    rule: { zh: `下列 TCP 端口之一接受连接时不通过：${list.replaceAll(', ', '、')}。`, en: `Fails when one of these TCP ports accepts a connection: ${list}.` },
    remedy: { zh: words.remedyZh, en: words.remedyEn },
    cwes: [284],
    judge: byPort(kind),
  };
};

const closeZh = '在防火墙或安全组上关闭该端口对互联网的访问，仅允许内网或 VPN 访问。';
const closeEn = 'Close the port to the internet in the firewall or security group; allow it from the internal network or a VPN only.';

/** Rules about open ports. */
export const portRules: readonly PostureRule[] = [
  exposed('remote-desktop-exposed', 'remote-desktop', 'high', {
    zh: '远程桌面端口对外开放',
    en: 'Remote desktop reachable',
    remedyZh: closeZh,
    remedyEn: closeEn,
  }),
  exposed('file-sharing-exposed', 'file-sharing', 'high', { zh: '文件共享端口对外开放', en: 'File sharing reachable', remedyZh: closeZh, remedyEn: closeEn }),
  exposed('database-exposed', 'database', 'high', { zh: '数据库端口对外开放', en: 'Database reachable', remedyZh: closeZh, remedyEn: closeEn }),
  exposed('remote-control-exposed', 'remote-control', 'critical', {
    zh: '未加密的容器管理端口对外开放',
    en: 'Unencrypted control port of a container host reachable',
    remedyZh: closeZh,
    remedyEn: closeEn,
  }),
  exposed('clear-text-login-exposed', 'clear-text', 'medium', {
    zh: '明文登录服务对外开放',
    en: 'Clear-text login service reachable',
    remedyZh: '停用 Telnet 与 FTP，改用 SSH 与 SFTP。',
    remedyEn: 'Retire Telnet and FTP; use SSH and SFTP.',
  }),
  {
    ...exposed('open-port', 'plain', 'info', {
      zh: '开放端口',
      en: 'Open port',
      remedyZh: '确认该服务确需对外开放。',
      remedyEn: 'See that the service has to be reachable.',
    }),
    cwes: [],
  },
];
