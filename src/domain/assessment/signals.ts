import type { Text } from '../basics/index.ts';
import type { Peril } from '../catalogue/index.ts';
import type { Exposure } from '../parties/index.ts';
import type { Finding } from './finding.ts';
import type { Effort } from './model.ts';
import type { AssessmentParameterKey } from './parameters.ts';

/**
 * Something that a finding shows about the firm beyond its own severity. Where a relative risk is published (methods §2.1) or set as a prior,
 * `relativeRisk` names its parameter; `perils` limits it to those. `blocks` keeps the firm out while it is open: always, or unless
 * remote access is covered by a second factor.
 */
export interface Signal {
  readonly id: string;
  readonly title: Text;
  readonly recognise: (finding: Finding, exposure: Exposure) => boolean;
  /** Ports on which it is found: a scan that did not ask for all of them cannot tell that it is absent. */
  readonly ports?: readonly number[];
  /** Whether a weakness in somebody else's published component shows it too; left out: it says nothing about what the firm itself runs or does. */
  readonly ofComponents?: true;
  readonly relativeRisk: AssessmentParameterKey | null;
  readonly perils: readonly Peril[] | null;
  readonly blocks: 'never' | 'always' | 'without-second-factor';
  /** What it takes to remove it. */
  readonly effort: Effort;
}

const everyPeril = { perils: null, blocks: 'never' } as const;
const scoreOnly = { relativeRisk: null, perils: null, blocks: 'never' } as const;

const databasePorts = [1433, 1521, 3306, 5432, 5984, 6379, 9042, 9200, 11211, 27017, 27018];

/** All signals, worst first. The order decides which one names a finding when several fit with the same relative risk. */
export const signals: readonly Signal[] = [
  {
    id: 'exposed-remote-desktop',
    title: { zh: '远程桌面暴露在互联网', en: 'remote desktop reachable from the internet' },
    effort: 'S',
    ports: [3389],
    recognise: (finding, exposure) =>
      exposure === 'internet' && onService(finding, [3389], /^(ms-wbt-server|msrdp|rdp|ssl\/ms-wbt-server|win remote desktop)$/),
    relativeRisk: 'condition.exposed-remote-desktop',
    perils: null,
    blocks: 'without-second-factor',
  },
  {
    id: 'exposed-file-sharing',
    title: { zh: '文件共享（SMB）暴露在互联网', en: 'file sharing (SMB) reachable from the internet' },
    effort: 'S',
    ports: [139, 445],
    recognise: (finding, exposure) => exposure === 'internet' && onService(finding, [139, 445], /^(microsoft-ds|netbios-ssn|smb|cifs)$/),
    relativeRisk: 'condition.exposed-file-sharing',
    perils: null,
    blocks: 'always',
  },
  {
    id: 'exposed-database',
    title: { zh: '数据库暴露在互联网', en: 'database reachable from the internet' },
    effort: 'M',
    ports: databasePorts,
    recognise: (finding, exposure) => exposure === 'internet' && onService(finding, databasePorts, databaseServices),
    relativeRisk: 'condition.exposed-database',
    perils: null,
    blocks: 'always',
  },
  {
    id: 'exposed-admin',
    title: { zh: '管理后台暴露在互联网', en: 'administration interface reachable from the internet' },
    effort: 'M',
    recognise: (finding, exposure) => exposure === 'internet' && says(finding, adminWords),
    relativeRisk: 'condition.exposed-admin',
    perils: null,
    blocks: 'without-second-factor',
  },
  {
    id: 'self-managed-vpn',
    title: { zh: '自建 SSL VPN（Cisco／Citrix）', en: 'self-managed SSL VPN (Cisco or Citrix)' },
    effort: 'L',
    recognise: (finding, exposure) =>
      exposure === 'internet' && says(finding, /\b(netscaler|citrix (adc|gateway)|cisco (anyconnect|webvpn|ssl vpn)|asa (web|ssl) ?vpn)\b/i),
    relativeRisk: 'condition.self-managed-vpn',
    perils: ['ransomware'],
    blocks: 'never',
  },
  {
    id: 'exposed-cisco-asa',
    title: { zh: 'Cisco ASA 设备暴露在互联网', en: 'Cisco ASA device reachable from the internet' },
    effort: 'L',
    recognise: (finding, exposure) => exposure === 'internet' && says(finding, /\bcisco (asa|adaptive security appliance)\b/i),
    relativeRisk: 'condition.exposed-cisco-asa',
    ...everyPeril,
  },
  {
    id: 'end-of-life-software',
    title: { zh: '已停止维护的软件', en: 'software past its end of life' },
    effort: 'L',
    recognise: (finding) =>
      says(
        finding,
        /\bend[ -]of[ -](life|support)\b|\bunsupported (version|web server|operating system|software|unix|windows)|\b(unsupported|unmaintained|seol)\b.*\b(version|detection)|\bno longer (supported|maintained)\b|\beol\b/i,
      ),
    ofComponents: true,
    relativeRisk: 'condition.end-of-life-software',
    ...everyPeril,
  },
  {
    id: 'exposed-fortinet',
    title: { zh: 'Fortinet 边界设备暴露在互联网', en: 'Fortinet device reachable from the internet' },
    effort: 'M',
    recognise: (finding, exposure) => exposure === 'internet' && says(finding, /\bforti(net|gate|os|web|proxy)\b/i),
    relativeRisk: 'condition.exposed-fortinet',
    ...everyPeril,
  },
  {
    id: 'exposed-telnet',
    title: { zh: '明文远程登录（Telnet）', en: 'clear-text remote login (Telnet)' },
    effort: 'S',
    recognise: (finding) => onService(finding, [23], /^telnet$/),
    ...scoreOnly,
  },
  {
    id: 'remote-access-service',
    title: { zh: '远程接入服务可从互联网访问', en: 'remote access service reachable from the internet' },
    effort: 'M',
    recognise: (finding, exposure) =>
      exposure === 'internet' && (onService(finding, remoteAccessPorts, remoteAccessServices) || says(finding, remoteAccessWords)),
    ...scoreOnly,
  },
  {
    id: 'exposed-industrial',
    title: { zh: '工业控制协议可从互联网访问', en: 'industrial control protocol reachable from the internet' },
    effort: 'M',
    recognise: (finding, exposure) =>
      exposure === 'internet' && onService(finding, [102, 502, 20000, 44818], /^(modbus|mbap|iso-tsap|s7comm|dnp3?|ethernet-?ip(-2)?)$/),
    ...scoreOnly,
  },
  {
    id: 'weakness-in-source',
    title: { zh: '源代码中的弱点', en: 'weakness in source code' },
    effort: 'M',
    recognise: ({ asset, cwes, cves }) => asset.kind === 'file' && cwes.length > 0 && cves.length === 0,
    ...scoreOnly,
  },
  {
    id: 'weak-transport',
    title: { zh: '过时的加密协议或算法', en: 'outdated encryption protocol or cipher' },
    effort: 'S',
    recognise: (finding) =>
      finding.severity !== 'info' &&
      says(
        finding,
        /\b(ssl ?v?[23]|sslv[23]|tls ?(v|version )?1[._]?[01]\b|poodle|beast|rc4|sweet32|logjam|freak|drown|weak (ssl|tls|cipher)|3des|deprecated (ssl|tls))/i,
      ),
    ...scoreOnly,
  },
  {
    id: 'bad-certificate',
    title: { zh: '证书过期或不可信', en: 'certificate expired or not trusted' },
    effort: 'S',
    recognise: (finding) =>
      finding.severity !== 'info' &&
      says(
        finding,
        /\b(certificate|cert)\b.*\b(expired|expir|self[- ]signed|cannot be trusted|not trusted|mismatch|wrong host)|\bself[- ]signed (ssl )?certificate/i,
      ),
    ...scoreOnly,
  },
  {
    id: 'default-credentials',
    title: { zh: '默认口令或弱口令', en: 'default or weak credentials' },
    effort: 'S',
    recognise: (finding) =>
      says(
        finding,
        /\b(default (login|credential|password|account|admin)|weak (password|credential)|anonymous (ftp|login)|unauthenticated (access|redis|mongodb|elasticsearch))/i,
      ),
    ...scoreOnly,
  },
  {
    id: 'injection',
    title: { zh: '注入漏洞', en: 'injection weakness' },
    effort: 'M',
    recognise: (finding) => finding.cwes.some((cwe) => injectionWeaknesses.has(cwe)) || says(finding, /\b(sql|command|code|template|ldap|xpath) injection\b/i),
    ...scoreOnly,
  },
  {
    id: 'missing-web-protection',
    title: { zh: '缺少网页安全响应头', en: 'web security headers missing' },
    effort: 'S',
    recognise: (finding) =>
      says(
        finding,
        /\b(content security policy|csp|x-frame-options|anti-clickjacking|strict-transport-security|hsts|x-content-type-options)\b.*\b(not set|missing|not found|not offered|header)/i,
      ),
    ...scoreOnly,
  },
  {
    id: 'leaked-secret',
    title: { zh: '密钥或口令泄露在代码、镜像中', en: 'secret left in code or image' },
    effort: 'M',
    recognise: (finding) =>
      finding.cwes.some((cwe) => cwe === 798 || cwe === 321 || cwe === 259) ||
      says(finding, /\b(hard-?coded (secret|credential|password|key)|private key|aws (access|secret) key|api key|secret (found|detected|in))\b/i),
    ...scoreOnly,
  },
  {
    id: 'unsafe-configuration',
    title: { zh: '云、容器或系统配置不符合基线', en: 'configuration below the hardening baseline' },
    effort: 'S',
    recognise: (finding) =>
      /^(KSV|AVD|DS|AWS|AZU|GCP|CKV)[-_0-9A-Z]/.test(finding.checkId) ||
      says(finding, /\b(misconfigur|runs? as root|privileged container|publicly accessible|directory (listing|browsing)|debug (mode|enabled))/i),
    ...scoreOnly,
  },
  {
    id: 'vulnerable-component',
    title: { zh: '使用含已知漏洞的第三方组件', en: 'third-party component with a known vulnerability' },
    effort: 'S',
    ofComponents: true,
    recognise: (finding) => finding.asset.kind === 'package' && finding.cves.length > 0 && severe.has(finding.severity),
    ...scoreOnly,
  },
  {
    id: 'overdue-patch',
    title: { zh: '边界系统存在未修复的严重或高危漏洞', en: 'severe or high vulnerability unpatched on the perimeter' },
    effort: 'S',
    ofComponents: true,
    recognise: (finding, exposure) => exposure === 'internet' && finding.cves.length > 0 && severe.has(finding.severity),
    ...scoreOnly,
  },
];

const severe = new Set(['critical', 'high']);
const injectionWeaknesses = new Set([77, 78, 89, 90, 91, 94, 95, 643, 917, 1336]);
/** SSH, IPsec, OpenVPN, L2TP, PPTP, IPsec behind NAT, VNC, TeamViewer. */
const remoteAccessPorts = [22, 500, 1194, 1701, 1723, 4500, 5900, 5901, 5938];
const remoteAccessServices = /^(ssh|isakmp|openvpn|l2tp|pptp|nat-t-ike|vnc(-http)?|teamviewer)$/;
const remoteAccessWords =
  /\b(ssl[- ]?vpn|openvpn|wireguard|globalprotect|ivanti connect secure|pulse (connect )?secure|teamviewer|anydesk|sunlogin|jumpserver|vnc server)\b|堡垒机|向日葵/i;
const databaseServices =
  /^(ms-sql-s|mssql|oracle(-tns)?|mysql|mariadb|postgresql|postgres|couchdb|redis|cassandra(-native)?|elasticsearch|wap-wsp|memcached?|mongodb?|mongod)$/;
const adminWords =
  /\b(phpmyadmin|adminer|webmin|cpanel|jenkins (login|panel|dashboard)|tomcat manager|kibana|grafana|rabbitmq management|weblogic console|nacos|spring boot actuator|admin(istration|istrative|istrator)? (panel|login|console|interface|page|backend)|management (console|interface)|login panel)\b/i;

/** Signals recognised in a finding, in the order of the list. */
export function recogniseSignals(finding: Finding, exposure: Exposure): readonly Signal[] {
  const component = isOfComponent(finding);
  return signals.filter((signal) => (signal.ofComponents === true || !component) && signal.recognise(finding, exposure));
}

/** A package, or a file, image or cloud resource with a CVE: what an inventory of dependencies reports about code that others published. */
const isOfComponent = ({ asset, cves }: Finding): boolean => asset.kind === 'package' || (cves.length > 0 && asset.kind !== 'host' && asset.kind !== 'url');

function onService(finding: Finding, ports: readonly number[], services: RegExp): boolean {
  const { port, service } = finding.asset;
  return (port !== null && ports.includes(port)) || (service !== null && services.test(service.toLowerCase()));
}

const says = (finding: Finding, words: RegExp): boolean => words.test(finding.title) || words.test(finding.checkId.replaceAll('-', ' '));
