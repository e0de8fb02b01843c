import { instantMillis, type Instant } from '../../basics/index.ts';
import { Severity, type Finding } from '../finding.ts';
import type { Scan } from '../model.ts';
import { canonicalName } from '../scope.ts';
import type { TrackedSource } from './model.ts';
import { portOf, silenceOn, weakest, type Silence } from './silence.ts';
import { weaknessId, weaknessesOf } from './weaknesses.ts';

/** One report that was read: what the scan looked at and when, and what it found. */
export interface Reading {
  readonly report: string;
  readonly scan: Scan;
  readonly findings: readonly Finding[];
}

/** A weakness as the scans alone tell it. */
export interface Track {
  readonly id: string;
  readonly what: string;
  readonly asset: string;
  /** The finding that speaks for it: of those still reported, the gravest, then the latest. */
  readonly finding: Finding;
  readonly sources: readonly TrackedSource[];
  readonly firstSeen: Instant;
  readonly lastSeen: Instant;
  readonly firstSeenAssumed?: true;
  readonly lastSeenAssumed?: true;
  readonly reopened: number;
  readonly reopenedAt: Instant | null;
  readonly resolvedAt: Instant | null;
  /** Since when no tool reports it, though the silence of some does not prove that it is gone; null while a tool reports it, and when it is resolved. */
  readonly silentAt: Instant | null;
  /** Silences of that kind that ended because it was seen again. */
  readonly broken: readonly { readonly silentAt: Instant; readonly seenAt: Instant }[];
  /** Every look of a tool that has reported it, in order: seen or not seen. */
  readonly looks: readonly Look[];
}

export interface Look {
  readonly at: Instant;
  readonly format: string;
  readonly report: string;
  readonly seen: boolean;
  /** Not seen, by a scan whose silence proves nothing by itself. */
  readonly hint?: true | undefined;
  /** The report gives no date: it counts as of its upload. */
  readonly dateAssumed?: true | undefined;
}

interface Sighting {
  readonly finding: Finding;
  readonly reading: Reading;
}

interface Gathered {
  readonly what: string;
  readonly asset: string;
  readonly sightings: Sighting[];
}

/**
 * Follows every weakness through all reports of an assessment. A pure function of the set of reports: their order and repeats leave no trace.
 * A weakness is resolved when each format that had reported it has looked for it at the asset again, later, and did not report it.
 */
export function trackFindings(readings: readonly Reading[]): Track[] {
  const gathered = new Map<string, Gathered>();
  for (const reading of readings) for (const finding of reading.findings) gather(gathered, finding, reading);
  const lookers = lookersOf(readings);
  return [...gathered.values()].map((found) => trackOf(weaknessId(found), found, lookers)).sort((a, b) => (a.id < b.id ? -1 : 1));
}

function gather(gathered: Map<string, Gathered>, finding: Finding, reading: Reading): void {
  for (const { key, what, asset } of weaknessesOf(finding)) {
    const known = gathered.get(key);
    if (known === undefined) gathered.set(key, { what, asset, sightings: [{ finding, reading }] });
    else known.sightings.push({ finding, reading });
  }
}

/** A scan with the set of what it looked at and of the ports that it found open, made once. */
export interface Looker {
  readonly reading: Reading;
  readonly places: ReadonlySet<string>;
  readonly open: ReadonlySet<string>;
}

/** The scans by format. */
export function lookersOf(readings: readonly Reading[]): ReadonlyMap<string, readonly Looker[]> {
  const byFormat = new Map<string, Looker[]>();
  for (const reading of [...readings].sort((a, b) => (a.report < b.report ? -1 : 1))) {
    const places = new Set(reading.scan.assets.flatMap((name) => [canonicalName(name), `:${name.toLowerCase()}`]));
    const looker = { reading, places, open: new Set(reading.findings.flatMap(({ asset }) => portOf(asset) ?? [])) };
    byFormat.set(reading.scan.format, [...(byFormat.get(reading.scan.format) ?? []), looker]);
  }
  return byFormat;
}

function trackOf(id: string, { what, asset, sightings }: Gathered, lookers: ReadonlyMap<string, readonly Looker[]>): Track {
  const formats = [...new Set(sightings.map(({ reading }) => reading.scan.format))].sort();
  const looks = formats.flatMap((format) => looksOf(format, sightings, lookers.get(format) ?? [])).sort(byTime);
  const sources = formats.map((format) => sourceOf(format, sightings, looks));
  const seen = looks.filter((look) => look.seen);
  return {
    ...{ id, what, asset, looks, sources, finding: speakerOf(sightings, sources) },
    ...seenFrom(seen, earliest([seen[0]!.at, ...sightings.flatMap(({ finding }) => finding.firstSeen ?? [])])),
    ...walk(looks),
  };
}

/** Every look of a format: it was seen, or the silence says something on all that the format had found of it. */
function looksOf(format: string, sightings: readonly Sighting[], lookers: readonly Looker[]): Look[] {
  const own = sightings.filter(({ reading }) => reading.scan.format === format);
  const seenBy = new Set(own.map(({ reading }) => reading.report));
  const found = [...new Map(own.map(({ finding }) => [finding.id, finding])).values()];
  return lookers.flatMap((looker) => {
    const { report, scan } = looker.reading;
    const said = seenBy.has(report) ? ('seen' as const) : weakest(found.map((finding) => silenceOn(looker, finding)));
    return said === null ? [] : [{ at: scan.at, format, report, ...lookOf(said), ...(scan.dateAssumed && { dateAssumed: scan.dateAssumed }) }];
  });
}

const lookOf = (said: 'seen' | NonNullable<Silence>): Pick<Look, 'seen' | 'hint'> => ({ seen: said === 'seen', ...(said === 'hint' && { hint: true }) });

/** As far as the scans prove, it is still there. */
const standsAfter = ({ seen, hint }: Look): boolean => seen || hint === true;

/** Where two looks fall on one instant, having seen it stands: doubt never resolves anything. */
const byTime = (a: Look, b: Look): number => instantMillis(a.at) - instantMillis(b.at) || Number(a.seen) - Number(b.seen) || (a.report < b.report ? -1 : 1);

/** From when to when it was seen, and which of the two days is that of an upload only. `firstSeen` may come from the tool itself. */
function seenFrom(seen: readonly Look[], firstSeen: Instant): Pick<Track, 'firstSeen' | 'lastSeen' | 'firstSeenAssumed' | 'lastSeenAssumed'> {
  const [first, last] = [seen[0]!, seen.at(-1)!];
  return {
    ...{ firstSeen, lastSeen: last.at },
    ...(first.dateAssumed && firstSeen === first.at && { firstSeenAssumed: true }),
    ...(last.dateAssumed && { lastSeenAssumed: true }),
  };
}

function sourceOf(format: string, sightings: readonly Sighting[], looks: readonly Look[]): TrackedSource {
  const own = sightings.filter(({ reading }) => reading.scan.format === format);
  const seen = looks.filter((look) => look.format === format && look.seen);
  return {
    format,
    tool: own[0]!.finding.tool,
    findings: [...new Set(own.map(({ finding }) => finding.id))].sort(),
    reports: [...new Set(own.map(({ reading }) => reading.report))].sort(),
    ...seenFrom(seen, seen[0]!.at),
    present: standsAfter(looks.findLast((look) => look.format === format)!),
  };
}

/** Goes through the looks in time: present while any tool's latest look reports it. Looks before anybody saw it repaired nothing. */
function walk(looks: readonly Look[]): Pick<Track, 'reopened' | 'reopenedAt' | 'resolvedAt' | 'silentAt' | 'broken'> {
  const present = new Set<string>();
  const doubted = new Set<string>();
  let reopened = 0;
  let reopenedAt: Instant | null = null;
  let resolvedAt: Instant | null = null;
  let silentAt: Instant | null = null;
  const broken: { silentAt: Instant; seenAt: Instant }[] = [];
  for (const look of looks.slice(looks.findIndex(({ seen }) => seen))) {
    const { at, format } = look;
    if (look.seen) present.add(format);
    else if (!look.hint) present.delete(format);
    if (look.hint) doubted.add(format);
    else doubted.delete(format);
    if (present.size === 0) resolvedAt ??= at;
    else if (resolvedAt !== null) [reopened, reopenedAt, resolvedAt] = [reopened + 1, at, null];
    if (look.seen && silentAt !== null) broken.push({ silentAt, seenAt: at });
    silentAt = present.size > 0 && [...present].every((one) => doubted.has(one)) ? (silentAt ?? at) : null;
  }
  return { reopened, reopenedAt, resolvedAt, silentAt, broken };
}

function speakerOf(sightings: readonly Sighting[], sources: readonly TrackedSource[]): Finding {
  const present = new Set(sources.flatMap((source) => (source.present ? [source.format] : [])));
  const rank = ({ finding, reading }: Sighting): string =>
    `${present.has(reading.scan.format) ? 1 : 0}|${9 - Severity.options.indexOf(finding.severity)}|${String(instantMillis(reading.scan.at)).padStart(15, '0')}|${finding.id}|${reading.report}`;
  return sightings.reduce((best, next) => (rank(next) > rank(best) ? next : best)).finding;
}

const earliest = (instants: readonly Instant[]): Instant => instants.reduce((a, b) => (instantMillis(b) < instantMillis(a) ? b : a));

/** The scanner findings that their own tool's latest look at the asset still reports; repeats over reports merged, seen from the first time to the last. */
export function presentFindings(readings: readonly Reading[]): Finding[] {
  const byId = new Map<string, Sighting[]>();
  for (const reading of readings) for (const finding of reading.findings) byId.set(finding.id, [...(byId.get(finding.id) ?? []), { finding, reading }]);
  const lookers = lookersOf(readings);
  return [...byId].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, sightings]) => (isPresent(sightings, lookers) ? [mergeSightings(sightings)] : []));
}

function isPresent(sightings: readonly Sighting[], lookers: ReadonlyMap<string, readonly Looker[]>): boolean {
  const [first] = sightings;
  const { format } = first!.reading.scan;
  return standsAfter(
    looksOf(format, sightings, lookers.get(format) ?? [])
      .sort(byTime)
      .at(-1)!,
  );
}

/** The latest word on it; accepted by the tool only when every report says so. */
function mergeSightings(sightings: readonly Sighting[]): Finding {
  const inTime = [...sightings].sort(
    (a, b) => instantMillis(a.reading.scan.at) - instantMillis(b.reading.scan.at) || (a.reading.report < b.reading.report ? -1 : 1),
  );
  const last = inTime.at(-1)!.finding;
  const times = (pick: (finding: Finding) => Instant | null): Instant[] => inTime.flatMap(({ finding }) => pick(finding) ?? []);
  const [first, latest] = [times(({ firstSeen }) => firstSeen), times(({ lastSeen }) => lastSeen)];
  return {
    ...last,
    firstSeen: first.length === 0 ? null : earliest(first),
    lastSeen: latest.length === 0 ? null : latest.reduce((a, b) => (instantMillis(b) > instantMillis(a) ? b : a)),
    suppressed: inTime.every(({ finding }) => finding.suppressed),
  };
}
