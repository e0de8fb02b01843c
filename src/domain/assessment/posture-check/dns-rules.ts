import type { DnsSeen, Observations } from './observations.ts';
import { verdict, type PostureRule, type Verdict } from './rule.ts';

const domainAsset = (domain: string): Verdict['asset'] => ({ kind: 'host', name: domain, host: domain, port: null, service: null });

const missing = (dns: DnsSeen, outcome: 'not-checked' | 'not-applicable', evidence: string): Verdict => ({ outcome, asset: domainAsset(dns.domain), evidence });

/** Judges the domain by one list of records; a list that was not answered is not checked. */
const byRecords =
  (list: 'spf' | 'dmarc' | 'caa', fails: (records: readonly string[]) => boolean) =>
  ({ dns }: Observations): Verdict[] => {
    if (dns === null) return [];
    const found = dns[list];
    if (found === null) return [missing(dns, 'not-checked', 'the question was not answered')];
    return [verdict(fails(found), domainAsset(dns.domain), found.length === 0 ? 'no such record' : found.join('\n'))];
  };

/** As `byRecords`, where the records are there at all. */
const whereThere =
  (list: 'spf' | 'dmarc', fails: (record: string) => boolean) =>
  ({ dns }: Observations): Verdict[] => {
    const found = dns?.[list] ?? [];
    return dns === null || found.length === 0 ? [] : byRecords(list, (records) => fails(records[0]!))({ dns, tls: [], web: [], paths: [], ports: [] });
  };

/** Mail is not received where there is no MX record, or only the null one (RFC 7505). */
const receivesMail = ({ mx }: DnsSeen): boolean => (mx ?? []).some((one) => one !== '' && one !== '.');

/** The last word of an SPF record decides on everybody whom it does not name (RFC 7208 §5.1, §6.1). */
function letsAnybodySend(record: string): boolean {
  const words = record.toLowerCase().split(/\s+/);
  const all = words.find((word) => /^[+?~-]?all$/.test(word));
  return all === undefined ? !words.some((word) => word.startsWith('redirect=')) : /^[+?]?all$/.test(all);
}

/** RFC 7489 §6.3: a policy binds receivers when it says quarantine or reject, for all mail. */
function bindsReceivers(record: string): boolean {
  const tag = (name: string): string | undefined => new RegExp(`(?:^|;)\\s*${name}\\s*=\\s*([^;\\s]+)`, 'i').exec(record)?.[1]?.toLowerCase();
  return ['quarantine', 'reject'].includes(tag('p') ?? '') && Number(tag('pct') ?? 100) === 100;
}

/** Rules about public DNS records. */
export const dnsRules: readonly PostureRule[] = [
  {
    id: 'spf-missing',
    area: 'dns',
    method: 'passive',
    severity: 'medium',
    title: { zh: '邮件域名未发布 SPF 记录', en: 'SPF record missing on a domain that receives mail' },
    rule: {
      zh: '域名有 MX 记录、却没有以 v=spf1 开头的 TXT 记录时不通过；不收邮件的域名不适用。',
      en: 'Fails when the domain has an MX record and no TXT record that begins with v=spf1. Does not apply to a domain without mail.',
    },
    remedy: {
      zh: '发布一条 SPF 记录，列出全部合法发信服务器，并以 -all 或 ~all 结尾。',
      en: 'Publish one SPF record that names every server which sends for the domain and ends with -all or ~all.',
    },
    cwes: [290],
    judge: (seen) => {
      if (seen.dns !== null && seen.dns.mx === null) return [missing(seen.dns, 'not-checked', 'the question for MX was not answered')];
      if (seen.dns !== null && !receivesMail(seen.dns)) return [missing(seen.dns, 'not-applicable', 'no MX record')];
      return byRecords('spf', (records) => records.length === 0)(seen);
    },
  },
  {
    id: 'spf-ambiguous',
    area: 'dns',
    method: 'passive',
    severity: 'low',
    title: { zh: '存在多条 SPF 记录', en: 'Several SPF records' },
    rule: {
      zh: '同一域名有两条及以上 SPF 记录时不通过：收件方会视为错误而忽略全部记录。',
      en: 'Fails when a domain has more than one SPF record: receivers then take it as an error and use none.',
    },
    remedy: { zh: '将多条 SPF 记录合并为一条。', en: 'Merge them into one record.' },
    cwes: [],
    judge: (seen) => ((seen.dns?.spf ?? []).length === 0 ? [] : byRecords('spf', (records) => records.length > 1)(seen)),
  },
  {
    id: 'spf-permissive',
    area: 'dns',
    method: 'passive',
    severity: 'medium',
    title: { zh: 'SPF 记录允许任意服务器发信', en: 'SPF record lets anybody send' },
    rule: {
      zh: 'SPF 记录以 +all、all 或 ?all 结尾，或既无 all 也无 redirect 时不通过。',
      en: 'Fails when the record ends with +all, all or ?all, or has neither all nor redirect.',
    },
    remedy: { zh: '将结尾改为 -all；过渡期可先用 ~all。', en: 'End the record with -all, or with ~all during a transition.' },
    cwes: [290],
    judge: whereThere('spf', letsAnybodySend),
  },
  {
    id: 'dmarc-missing',
    area: 'dns',
    method: 'passive',
    severity: 'medium',
    title: { zh: '未发布 DMARC 记录', en: 'DMARC record missing' },
    rule: {
      zh: '域名及其各级上级域名的 _dmarc 下均没有以 v=DMARC1 开头的 TXT 记录时不通过。',
      en: 'Fails when neither the domain nor any parent has a TXT record under _dmarc that begins with v=DMARC1.',
    },
    remedy: {
      zh: '在 _dmarc 下发布 DMARC 记录，先以 p=none 收集报告，再改为 p=quarantine 或 p=reject。',
      en: 'Publish a record under _dmarc: begin with p=none to collect reports, then move to p=quarantine or p=reject.',
    },
    cwes: [290],
    judge: byRecords('dmarc', (records) => records.length === 0),
  },
  {
    id: 'dmarc-not-enforced',
    area: 'dns',
    method: 'passive',
    severity: 'low',
    title: { zh: 'DMARC 策略未强制执行', en: 'DMARC policy not enforced' },
    rule: { zh: 'DMARC 策略为 p=none，或 pct 小于 100 时不通过。', en: 'Fails when the policy is p=none or pct is below 100.' },
    remedy: {
      zh: '确认报告无误后，将策略改为 p=quarantine 或 p=reject，并去掉 pct。',
      en: 'When the reports are clean, set p=quarantine or p=reject and remove pct.',
    },
    cwes: [290],
    judge: whereThere('dmarc', (record) => !bindsReceivers(record)),
  },
  {
    id: 'caa-missing',
    area: 'dns',
    method: 'passive',
    severity: 'low',
    title: { zh: '未发布 CAA 记录', en: 'CAA record missing' },
    rule: {
      zh: '域名及其各级上级域名均没有 CAA 记录时不通过：任何证书机构都可为其签发证书。',
      en: 'Fails when neither the domain nor any parent has a CAA record: any certificate authority may then issue for it.',
    },
    remedy: { zh: '发布 CAA 记录，只列出实际使用的证书机构。', en: 'Publish CAA records that name only the authorities in use.' },
    cwes: [295],
    judge: byRecords('caa', (records) => records.length === 0),
  },
  {
    id: 'dnssec-unsigned',
    area: 'dns',
    method: 'passive',
    severity: 'low',
    title: { zh: '域名未启用 DNSSEC', en: 'Domain not signed with DNSSEC' },
    rule: {
      zh: '域名在上级域没有 DS 记录时不通过。本程序的解析接口看不到签名，目前一律记为“未检查”。',
      en: 'Fails when the parent zone has no DS record. The resolver interface of this program cannot see signatures, so it is recorded as not checked.',
    },
    remedy: { zh: '在域名服务商处启用 DNSSEC 并登记 DS 记录。', en: 'Turn DNSSEC on with the DNS provider and register the DS record.' },
    cwes: [345],
    judge: ({ dns }) => (dns === null ? [] : [missing(dns, 'not-checked', 'signatures cannot be seen from here')]),
  },
];
