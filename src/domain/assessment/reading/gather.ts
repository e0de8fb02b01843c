import { stableId, type Instant, type Text, instantMillis } from '../../basics/index.ts';
import { cut, tooLarge, unreadable, type ReadingLimits } from '../../readers/index.ts';
import type { Asset, Cvss, Extent, Finding, Incompleteness, ScannerReport, Severity } from '../finding.ts';
import { compareSeverity, worseSeverity } from './severity.ts';

/** What a format knows about one record; everything it leaves out is unknown. */
export interface Observation {
  readonly checkId: string;
  readonly title: string;
  readonly severity: Severity;
  readonly toolSeverity: string;
  /** `part` is the place inside a file (`:12`); it belongs to the finding's asset, not to the list of assets that were looked at. */
  readonly asset: {
    readonly kind: Asset['kind'];
    readonly name: string;
    readonly part?: string;
    readonly host?: string | null;
    readonly port?: number | null;
    readonly service?: string | null;
    readonly version?: string | null;
    readonly protocol?: Asset['protocol'];
  };
  readonly cves?: readonly string[];
  readonly cwes?: readonly number[];
  readonly cvss?: Cvss | null;
  readonly firstSeen?: Instant | null;
  readonly lastSeen?: Instant | null;
  readonly evidence?: string;
  readonly remedy?: string;
  readonly suppressed?: boolean;
}

/** Clocks may differ; a report from further ahead than this is refused. */
const skewMillis = 10 * 60_000;

/** The name of an asset that a report does not name. */
export const unnamedAsset = 'unnamed';

/** What an asset is called before readers; of one that its report does not name it says so. */
export const assetTitle = (name: string): Text => (name === unnamedAsset ? { zh: '没有名称的资产', en: 'asset without a name' } : { zh: name, en: name });

/**
 * Collects what a format reads into one report. Repeats of the same weakness on the same asset become one finding: the worst severity, the joined
 * evidence, the whole time span; it counts as suppressed only when every repeat is.
 */
export class ReportGatherer {
  tool: string;
  toolVersion: string | null = null;
  readonly #format: string;
  readonly #now: number;
  readonly #limits: ReadingLimits;
  readonly #findings = new Map<string, Finding>();
  readonly #assets = new Set<string>();
  readonly #texts = new Map<string, string>();
  readonly #values = new Map<string, unknown>();
  #records = 0;
  #from: Instant | null = null;
  #to: Instant | null = null;
  #incomplete: Incompleteness | null = null;
  #extent: Extent | undefined;

  constructor(options: { format: string; tool: string; now: Instant; limits: ReadingLimits; extent?: Extent }) {
    this.#extent = options.extent;
    this.#format = options.format;
    this.tool = options.tool;
    this.#now = instantMillis(options.now);
    this.#limits = options.limits;
  }

  /** Counts the tool's own elements; answers the number of the last, from 1. */
  record(count = 1): number {
    this.#records += count;
    return this.#records;
  }

  /** Names an asset that was looked at, whether or not anything was found. */
  looked(asset: string): void {
    const name = asset.trim();
    if (name !== '') this.#assets.add(cut(name, 2000));
  }

  /** Widens the time of the scan. Refuses a time more than ten minutes in the future as `scan-time-in-future`. */
  scanned(from: Instant | null, to: Instant | null): void {
    this.#refuseFuture(from);
    this.#refuseFuture(to);
    this.#from = earlier(this.#from, from);
    this.#to = later(this.#to, to);
  }

  /** The tool's own elements so far. */
  get records(): number {
    return this.#records;
  }

  /** Says that the scan did not run to its end, so that what it does not report is not shown to be absent. */
  cutShort(why: Incompleteness): void {
    this.#incomplete = why;
  }

  /** Says what the scan looked for; without, what its format says of every report. */
  lookedFor(extent: Extent): void {
    this.#extent = extent;
  }

  /** Adds what one record says. */
  add(seen: Observation): void {
    const finding = this.#finding(seen);
    const known = this.#findings.get(finding.id);
    this.#findings.set(finding.id, known === undefined ? finding : merged(known, finding));
    if (this.#findings.size > this.#limits.findings)
      throw tooLarge('too-many-findings', `the report has more than ${this.#limits.findings} findings`, null, this.#limits.findings);
    this.looked(seen.asset.name);
  }

  /** The report read whole. `cvesNamed` are the CVE ids that occur anywhere in its text. */
  report(cvesNamed: Iterable<string>): ScannerReport {
    return {
      format: this.#format,
      tool: cut(this.tool, 200),
      toolVersion: this.toolVersion || null,
      scannedFrom: this.#from,
      scannedTo: this.#to,
      records: this.#records,
      findings: [...this.#findings.values()].sort((a, b) => compareSeverity(a.severity, b.severity) || (a.id < b.id ? -1 : 1)),
      assets: [...this.#assets].sort(),
      cvesNamed: [...cvesNamed].sort(),
      ...(this.#incomplete === null ? {} : { incomplete: this.#incomplete }),
      ...(this.#extent === undefined ? {} : { extent: this.#extent }),
    };
  }

  #finding(seen: Observation): Finding {
    const asset = wholeAsset(seen.asset);
    const checkId = cut(seen.checkId.trim(), 500) || cut(seen.title.trim(), 500) || 'unnamed';
    const cves = [...new Set(seen.cves ?? [])].sort();
    this.#refuseFuture(seen.firstSeen ?? null);
    this.#refuseFuture(seen.lastSeen ?? null);
    return {
      id: stableId('finding', this.#format, checkId, cves.join(' '), asset.kind, asset.name, asset.port),
      format: this.#format,
      tool: cut(this.tool, 200),
      checkId: this.#once(checkId),
      title: this.#once(cut(seen.title.trim().replace(/\s+/g, ' '), 1000) || checkId),
      cves: this.#onceShared(cves),
      cwes: this.#onceShared([...new Set(seen.cwes ?? [])].sort((a, b) => a - b)),
      cvss: this.#onceShared(seen.cvss ?? null),
      severity: seen.severity,
      toolSeverity: cut(seen.toolSeverity.trim(), 100),
      asset,
      firstSeen: seen.firstSeen ?? null,
      lastSeen: seen.lastSeen ?? null,
      evidence: this.#once(cut(seen.evidence?.trim() ?? '', 2000)),
      remedy: this.#once(cut(seen.remedy?.trim() ?? '', 2000)),
      suppressed: seen.suppressed ?? false,
    };
  }

  /** The same text as one string: reports repeat titles and advice on every host, and each copy would keep a piece of the file alive. */
  #once(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    if (this.#texts.size >= 20_000) this.#texts.clear();
    const own = ownCopy(text);
    this.#texts.set(own, own);
    return own;
  }

  /** The same for small values that many findings have in common. Findings are never changed in place, so sharing is safe. */
  #onceShared<V>(value: V): V {
    const key = JSON.stringify(value);
    const known = this.#values.get(key);
    if (known !== undefined) return known as V;
    if (this.#values.size >= 20_000) this.#values.clear();
    this.#values.set(key, value);
    return value;
  }

  #refuseFuture(instant: Instant | null): void {
    if (instant === null || instantMillis(instant) <= this.#now + skewMillis) return;
    throw unreadable('scan-time-in-future', `the report says it was made at \`${instant}\`, which has not come yet`, null, {
      time: instant,
      record: this.#records,
    });
  }
}

/** The same text in memory of its own: engines keep a part of a larger text as a view, and the view keeps the larger text, here a chunk of the file, alive. */
const ownCopy = (text: string): string => ` ${text}`.slice(1);

function wholeAsset(asset: Observation['asset']): Asset {
  return {
    kind: asset.kind,
    name: cut(asset.name.trim() || unnamedAsset, 1900) + cut(asset.part ?? '', 100),
    host: orNull(asset.host, 255),
    port: asset.port ?? null,
    service: orNull(asset.service, 100),
    version: orNull(asset.version, 200),
    ...(asset.part ? { part: cut(asset.part, 100) } : {}),
    ...(asset.protocol === undefined ? {} : { protocol: asset.protocol }),
  };
}

function orNull(text: string | null | undefined, units: number): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : cut(trimmed, units);
}

function merged(a: Finding, b: Finding): Finding {
  const worse = worseSeverity(a.severity, b.severity) === a.severity ? a : b;
  return {
    ...worse,
    cwes: [...new Set([...a.cwes, ...b.cwes])].sort((x, y) => x - y),
    cvss: (a.cvss?.score ?? -1) >= (b.cvss?.score ?? -1) ? (a.cvss ?? b.cvss) : b.cvss,
    firstSeen: earlier(a.firstSeen, b.firstSeen),
    lastSeen: later(a.lastSeen, b.lastSeen),
    evidence: a.evidence.includes(b.evidence) ? a.evidence : cut([a.evidence, b.evidence].filter(Boolean).join('\n'), 2000),
    remedy: a.remedy || b.remedy,
    suppressed: a.suppressed && b.suppressed,
  };
}

const earlier = (a: Instant | null, b: Instant | null): Instant | null => (a === null || (b !== null && instantMillis(b) < instantMillis(a)) ? b : a);
const later = (a: Instant | null, b: Instant | null): Instant | null => (a === null || (b !== null && instantMillis(b) > instantMillis(a)) ? b : a);
