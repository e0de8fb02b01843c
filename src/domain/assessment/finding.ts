import { z } from 'zod';
import { Instant } from '../basics/index.ts';
import { CveId } from '../threats/index.ts';

/** Severities from worst to mildest. 严重 高 中 低 提示. The report's “severe and high” are `critical` and `high`. */
export const Severity = z.enum(['critical', 'high', 'medium', 'low', 'info']);
export type Severity = z.infer<typeof Severity>;

/** What a finding is about. `resource` is anything in a cloud account or cluster. */
export const AssetKind = z.enum(['host', 'url', 'package', 'file', 'image', 'resource']);
export type AssetKind = z.infer<typeof AssetKind>;

/** The thing that has the weakness. `name` is the host name or address, URL, package name, file path, image reference or resource id as the tool wrote it. */
export const Asset = z.strictObject({
  kind: AssetKind,
  name: z.string().min(1).max(2000),
  /** Host name or address that the asset belongs to, when the tool says so: the host of a URL, the host itself; null for packages and files. */
  host: z.string().max(255).nullable(),
  port: z.int().min(0).max(65535).nullable(),
  /** Network service (`ssh`, `ms-wbt-server`) or package ecosystem (`npm`, `debian`), null when unknown. */
  service: z.string().max(100).nullable(),
  /** Installed version of a package or service, null when unknown. */
  version: z.string().max(200).nullable(),
  /** The end of `name` that is a place inside the file, image or page (`:12`, ` [user]`); left out where the whole is meant. */
  part: z.string().min(1).max(100).optional(),
  /** Transport of the port where it is not TCP. */
  protocol: z.enum(['udp', 'sctp']).optional(),
});
export type Asset = z.infer<typeof Asset>;

/** A CVSS statement as recorded by the tool. `score` is what the tool wrote, or, where it wrote only a vector, the score computed from it. */
export const Cvss = z.strictObject({
  version: z.enum(['2.0', '3.0', '3.1', '4.0']).nullable(),
  vector: z.string().max(300).nullable(),
  score: z.number().min(0).max(10).nullable(),
});
export type Cvss = z.infer<typeof Cvss>;

/**
 * One weakness on one asset as a tool reported it, in the shape that everything after the reader uses.
 * INVARIANT (finding-id): `id` depends only on the format's family, `checkId`, `cves` and the asset's kind, name and port, so that reading the same
 * report twice, or a later report of the same tool, gives the same id.
 */
export const Finding = z.strictObject({
  id: z.string().regex(/^finding_[0-9a-f]{20}$/),
  /** The id of the format in `formats/` that read it. */
  format: z.string(),
  tool: z.string().max(200),
  /** The tool's own name for the check: plugin id, template id, rule id. */
  checkId: z.string().min(1).max(500),
  title: z.string().min(1).max(1000),
  /** CVE ids, sorted, no repeats; empty when the tool names none. */
  cves: z.array(CveId),
  /** CWE numbers, sorted, no repeats. */
  cwes: z.array(z.int().min(1)),
  cvss: Cvss.nullable(),
  severity: Severity,
  /** The severity word or number exactly as the tool wrote it; empty when it wrote none. */
  toolSeverity: z.string().max(100),
  asset: Asset,
  firstSeen: Instant.nullable(),
  lastSeen: Instant.nullable(),
  /** What the tool saw, cut to 2,000 characters; foreign text, never markup. */
  evidence: z.string().max(2000),
  /** The tool's advice, cut to 2,000 characters; empty when it gives none. */
  remedy: z.string().max(2000),
  /** The tool itself marks it as accepted or suppressed; it is kept and shown, and does not count. */
  suppressed: z.boolean(),
});
export type Finding = z.infer<typeof Finding>;

/** Why a report proves nothing about what it does not report: the file is empty, or the tool did not finish. */
export const Incompleteness = z.enum(['empty-file', 'not-finished']);
export type Incompleteness = z.infer<typeof Incompleteness>;

const Port = z.int().min(0).max(65535);
const PortRanges = z.array(z.tuple([Port, Port]));

/** What a scan looked for, as far as its report says: only about that does its silence say anything. */
export const Extent = z.strictObject({
  /** Ports whose state was asked for, as ranges from–to, both included. */
  ports: z.strictObject({ tcp: PortRanges, udp: PortRanges, sctp: PortRanges }).optional(),
  /** Checks that ran, by id or by the part of it before a slash. */
  checks: z.array(z.string().max(500)).optional(),
  /** Somebody chose which checks run, and the report does not list them. */
  chosen: z.literal(true).optional(),
});
export type Extent = z.infer<typeof Extent>;

/** Whether a port lies in one of the ranges. */
export const inRanges = (ranges: z.infer<typeof PortRanges>, port: number): boolean => ranges.some(([from, to]) => from <= port && port <= to);

/** A report read whole. */
export const ScannerReport = z.strictObject({
  format: z.string(),
  tool: z.string(),
  toolVersion: z.string().nullable(),
  /** When the scan ran, where the report says so. */
  scannedFrom: Instant.nullable(),
  scannedTo: Instant.nullable(),
  /** The tool's own elements, before merging (report items, alerts, results, rows). */
  records: z.int().min(0),
  /** After merging repeats of the same weakness on the same asset; sorted by severity, then id. */
  findings: z.array(Finding),
  /** Distinct assets looked at, by name, sorted; includes those without findings where the report lists them. */
  assets: z.array(z.string()),
  /**
   * Distinct CVE ids that occur anywhere in the report's text, sorted. Mostly a superset of the findings' ids: a report also names what it tested and
   * did not find, and what an advisory merely resembles; those are no findings, because each would look like an open vulnerability.
   */
  cvesNamed: z.array(CveId),
  /** Absent for a scan that ran to its end, as far as the report shows. */
  incomplete: Incompleteness.optional(),
  /** Absent for a tool that always runs all its checks on whatever it names. */
  extent: Extent.optional(),
});
export type ScannerReport = z.infer<typeof ScannerReport>;
