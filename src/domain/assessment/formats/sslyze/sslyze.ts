import { z } from 'zod';
import { hasKeys, shaped, type Format, type Json, type Position, type ReportGatherer } from '../../reading/index.ts';
import type { Severity } from '../../finding.ts';

/** SSLyze's JSON of versions 3 to 6. A record is the result of one scan command; what it shows to be weak is a finding. */
export const sslyze: Format = {
  id: 'sslyze',
  tool: 'SSLyze',
  title: { zh: 'SSLyze TLS 配置检查', en: 'SSLyze TLS check' },
  homepage: 'https://github.com/nabla-c0d3/sslyze',
  dialects: [
    {
      syntax: 'json',
      recognises: (root) => hasKeys(root, 'server_scan_results') || hasKeys(root, 'sslyze_version'),
      records: ['server_scan_results[]'],
      open: (report) => ({
        record: (value, path) => readServer(report, value, path),
        end: (root) => {
          report.toolVersion = shaped(Head, root, '$').sslyze_version ?? null;
        },
      }),
    },
  ],
};

const text = z.string().nullish();
const Head = z.object({ sslyze_version: z.string().nullish() });
const Location = z.object({ hostname: z.string(), port: z.int().min(0).max(65535), ip_address: text });
const flag = z.boolean().nullish();
const Ciphers = z.object({ accepted_cipher_suites: z.array(z.unknown()).nullish() }).nullish();
const Results = z.object({
  heartbleed: z.object({ is_vulnerable_to_heartbleed: flag }).nullish(),
  openssl_ccs_injection: z.object({ is_vulnerable_to_ccs_injection: flag }).nullish(),
  robot: z.object({ robot_result: text }).nullish(),
  session_renegotiation: z
    .object({ accepts_client_renegotiation: flag, is_vulnerable_to_client_renegotiation_dos: flag, supports_secure_renegotiation: flag })
    .nullish(),
  tls_compression: z.object({ supports_compression: flag }).nullish(),
  tls_fallback_scsv: z.object({ supports_fallback_scsv: flag }).nullish(),
  ssl_2_0_cipher_suites: Ciphers,
  ssl_3_0_cipher_suites: Ciphers,
  tls_1_0_cipher_suites: Ciphers,
  tls_1_1_cipher_suites: Ciphers,
  certificate_info: z
    .object({
      certificate_deployments: z
        .array(
          z.object({
            leaf_certificate_subject_matches_hostname: flag,
            verified_chain_has_sha1_signature: flag,
            path_validation_results: z.array(z.object({ openssl_error_string: text, validation_error: text })).nullish(),
          }),
        )
        .nullish(),
    })
    .nullish(),
});
type Results = z.infer<typeof Results>;

interface Weakness {
  readonly check: string;
  readonly found: (r: Results) => boolean;
  readonly title: string;
  readonly severity: Severity;
  readonly cve?: string;
}

const accepts = (ciphers: z.infer<typeof Ciphers>): boolean => (ciphers?.accepted_cipher_suites?.length ?? 0) > 0;
const deployments = (r: Results) => r.certificate_info?.certificate_deployments ?? [];

/** SSLyze states facts; which of them are weaknesses, and how bad, is said here. A CVE is given where the command tests for exactly that one. */
const weaknesses: readonly Weakness[] = [
  {
    check: 'heartbleed',
    found: (r) => r.heartbleed?.is_vulnerable_to_heartbleed === true,
    title: 'Memory of the server can be read (Heartbleed)',
    severity: 'critical',
    cve: 'CVE-2014-0160',
  },
  {
    check: 'openssl_ccs_injection',
    found: (r) => r.openssl_ccs_injection?.is_vulnerable_to_ccs_injection === true,
    title: 'A key can be forced from outside (CCS injection)',
    severity: 'high',
    cve: 'CVE-2014-0224',
  },
  { check: 'robot', found: (r) => (r.robot?.robot_result ?? '').startsWith('VULNERABLE'), title: 'RSA decryption can be guessed (ROBOT)', severity: 'high' },
  {
    check: 'session_renegotiation',
    found: (r) =>
      r.session_renegotiation?.supports_secure_renegotiation === false ||
      r.session_renegotiation?.accepts_client_renegotiation === true ||
      r.session_renegotiation?.is_vulnerable_to_client_renegotiation_dos === true,
    title: 'Renegotiation is insecure or open to clients',
    severity: 'medium',
  },
  { check: 'tls_compression', found: (r) => r.tls_compression?.supports_compression === true, title: 'TLS compression is on (CRIME)', severity: 'medium' },
  {
    check: 'tls_fallback_scsv',
    found: (r) => r.tls_fallback_scsv?.supports_fallback_scsv === false,
    title: 'Downgrade of the protocol is not noticed',
    severity: 'low',
  },
  { check: 'ssl_2_0_cipher_suites', found: (r) => accepts(r.ssl_2_0_cipher_suites), title: 'SSL 2.0 is offered', severity: 'critical' },
  { check: 'ssl_3_0_cipher_suites', found: (r) => accepts(r.ssl_3_0_cipher_suites), title: 'SSL 3.0 is offered', severity: 'high' },
  { check: 'tls_1_0_cipher_suites', found: (r) => accepts(r.tls_1_0_cipher_suites), title: 'TLS 1.0 is offered', severity: 'medium' },
  { check: 'tls_1_1_cipher_suites', found: (r) => accepts(r.tls_1_1_cipher_suites), title: 'TLS 1.1 is offered', severity: 'medium' },
  {
    check: 'certificate_name',
    found: (r) => deployments(r).some((d) => d.leaf_certificate_subject_matches_hostname === false),
    title: 'The certificate is for another name',
    severity: 'medium',
  },
  {
    check: 'certificate_trust',
    found: (r) => deployments(r).some((d) => (d.path_validation_results ?? []).some((p) => p.openssl_error_string || p.validation_error)),
    title: 'The certificate is not trusted',
    severity: 'medium',
  },
  {
    check: 'certificate_sha1',
    found: (r) => deployments(r).some((d) => d.verified_chain_has_sha1_signature === true),
    title: 'The certificate chain is signed with SHA-1',
    severity: 'medium',
  },
];

/** Version 5 put the results one level deeper (`{status, result}` under `scan_result`). */
const Server = z.object({
  server_info: z.object({ server_location: Location }).nullish(),
  server_location: Location.nullish(),
  scan_commands_results: z.record(z.string(), z.unknown()).nullish(),
  scan_result: z.record(z.string(), z.object({ result: z.unknown() }).nullish()).nullish(),
});

function readServer(report: ReportGatherer, value: Json, path: Position): void {
  const server = shaped(Server, value, path);
  const location = server.server_location ?? server.server_info?.server_location;
  const raw =
    server.scan_commands_results ?? Object.fromEntries(Object.entries(server.scan_result ?? {}).map(([command, attempt]) => [command, attempt?.result]));
  const results = shaped(Results, raw as Json, `${path}.scan_commands_results`);
  report.record(Object.values(raw).filter((result) => result != null).length);
  const name = location?.hostname ?? 'unnamed';
  report.looked(name);
  for (const weakness of weaknesses.filter((w) => w.found(results))) {
    report.add({
      checkId: weakness.check,
      title: weakness.title,
      severity: weakness.severity,
      toolSeverity: '',
      cves: weakness.cve === undefined ? [] : [weakness.cve],
      asset: { kind: 'host', name, host: name, port: location?.port ?? 443, service: 'tls' },
      evidence: JSON.stringify(raw[weakness.check] ?? '').slice(0, 500),
    });
  }
}
