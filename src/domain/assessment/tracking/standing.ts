import { instantMillis, type Day, type Instant } from '../../basics/index.ts';
import type { ThreatFacts, ThreatOutlook } from '../../threats/index.ts';
import { Severity } from '../finding.ts';
import type { AssessmentParameters } from '../parameters.ts';
import { placeAsset, type Scope } from '../scope.ts';
import { endOfDay, repairClock, startOfDay, type ClockStart } from './deadlines.ts';
import { deedsOf, isRevocable } from './decisions.ts';
import { countingStates } from './lifecycle.ts';
import type { CaseEvent, CaseEventOf, PendingDecision, SeenRisk, TrackedFinding } from './model.ts';
import type { Track } from './track.ts';

/** What the standing of a weakness depends on besides scans and people. */
export interface Surroundings {
  readonly scope: Scope;
  readonly outlook: ThreatOutlook;
  readonly now: Instant;
  readonly numbers: AssessmentParameters['values'];
}

type Standing = Pick<TrackedFinding, 'state' | 'since' | 'settledBy'>;

/** A weakness as it stands now: what the scans say, what people did, and what time and the threat outlook make of it. Pure. */
export function standingOf(scanned: Track, all: readonly CaseEvent[], { scope, outlook, now, numbers }: Surroundings): TrackedFinding {
  const events = deedsOf(all);
  const track = reopenedBeside(scanned, events);
  const threat = threatOf(track, outlook);
  const acceptance = acceptanceOf(events, { severity: track.finding.severity, knownExploited: threat.knownExploited }, threat, now);
  const { inScope } = placeAsset(scope, track.finding.asset);
  const standing = inScope ? stateOf(track, events, acceptance) : ({ state: 'out-of-scope', since: track.firstSeen, settledBy: 'scope' } satisfies Standing);
  const running = standing.state === 'open' || standing.state === 'fix-claimed';
  return {
    ...{ id: track.id, what: track.what, asset: track.asset, title: track.finding.title, severity: track.finding.severity },
    ...{ firstSeen: track.firstSeen, lastSeen: track.lastSeen, reopened: track.reopened },
    ...{ resolvedAt: track.resolvedAt, silentAt: track.silentAt },
    ...(track.firstSeenAssumed && { firstSeenAssumed: true }),
    ...(track.lastSeenAssumed && { lastSeenAssumed: true }),
    ...standing,
    knownExploited: threat.knownExploited,
    listedOn: threat.listedOn,
    sources: [...track.sources],
    counts: countingStates.has(standing.state),
    acceptedUntil: acceptance?.ended === null ? acceptance.until : null,
    acceptanceEnded: acceptance?.ended ?? null,
    clock: running ? repairClock(clockStarts(track, acceptance), threat, track.finding.severity, now, numbers) : null,
    pending: pendingOf(events, now),
    assignee: all.findLast((event) => event.kind === 'assigned')?.assignee ?? null,
    revocable: isRevocable(events),
  };
}

/** What is known of the exploitation of a weakness; nothing where it has no CVE. */
export const threatOf = ({ what }: Pick<Track, 'what'>, outlook: ThreatOutlook): ThreatFacts =>
  what.startsWith('CVE-') ? outlook.of(what) : { knownExploited: false, knownRansomware: false, listedOn: null, epss: null };

interface Acceptance {
  readonly grantedAt: Instant;
  readonly until: Day;
  readonly ended: 'expired' | 'risk-grew' | null;
  readonly endedAt: Instant | null;
}

/** The latest acceptance that was granted. It ends with its last day, and at once when the risk is greater than the approver saw. */
function acceptanceOf(events: readonly CaseEvent[], risk: SeenRisk, threat: ThreatFacts, now: Instant): Acceptance | null {
  const at = events.findLastIndex((event) => event.kind === 'taken-back' || (event.kind === 'acceptance-decided' && event.granted));
  const granted = events[at];
  if (granted?.kind !== 'acceptance-decided') return null;
  const { until } = events.slice(0, at).findLast((event) => event.kind === 'acceptance-requested')!;
  const base = { grantedAt: granted.at, until };
  if (hasGrown(granted.seen, risk)) return { ...base, ended: 'risk-grew', endedAt: grownAt(granted, threat) };
  const end = endOfDay(until);
  return instantMillis(now) >= instantMillis(end) ? { ...base, ended: 'expired', endedAt: end } : { ...base, ended: null, endedAt: null };
}

const hasGrown = (seen: SeenRisk, risk: SeenRisk): boolean =>
  (risk.knownExploited && !seen.knownExploited) || Severity.options.indexOf(risk.severity) < Severity.options.indexOf(seen.severity);

/** The day of the listing where that is what grew, but never before the acceptance itself. */
function grownAt(granted: CaseEventOf<'acceptance-decided'>, threat: ThreatFacts): Instant {
  const listed = threat.listedOn === null ? granted.at : startOfDay(threat.listedOn);
  return instantMillis(listed) > instantMillis(granted.at) ? listed : granted.at;
}

function stateOf(track: Track, events: readonly CaseEvent[], acceptance: Acceptance | null): Standing {
  const settled = settledState(track, events);
  if (settled !== null) return settled;
  if (track.resolvedAt !== null) return { state: 'fixed', since: track.resolvedAt, settledBy: 'scan' };
  const claim = claimThatStands(track, events);
  if (claim !== null && track.silentAt !== null) return { state: 'fixed', since: latestOf([track.silentAt, claim.at]), settledBy: 'claim' };
  if (acceptance !== null && acceptance.ended === null) return { state: 'risk-accepted', since: acceptance.grantedAt, settledBy: null };
  if (claim !== null) return { state: 'fix-claimed', since: claim.at, settledBy: null };
  const disproved = latestClaim(events);
  const since = latestOf([track.firstSeen, track.reopenedAt, acceptance?.endedAt ?? null, disproved === null ? null : seenAfter(track, disproved.at)]);
  return { state: 'open', since, settledBy: null };
}

/** What a second person settled on a dispute. “Fixed” holds until a scan sees it again; the other two hold until they are taken back. */
function settledState(track: Track, events: readonly CaseEvent[]): Standing | null {
  const at = events.findLastIndex((event) => event.kind === 'taken-back' || (event.kind === 'dispute-decided' && event.upheld));
  const decided = events[at];
  if (decided?.kind !== 'dispute-decided') return null;
  const { ground } = events.slice(0, at).findLast((event) => event.kind === 'disputed')!;
  if (ground === 'fixed') return isAfter(track.lastSeen, decided.at) ? null : { state: 'fixed', since: decided.at, settledBy: 'dispute' };
  return { state: ground === 'not-mine' ? 'out-of-scope' : 'false-positive', since: decided.at, settledBy: 'dispute' };
}

function latestClaim(events: readonly CaseEvent[]): CaseEventOf<'fix-claimed'> | null {
  const event = events.findLast(({ kind }) => kind === 'taken-back' || kind === 'fix-claimed');
  return event?.kind === 'fix-claimed' ? event : null;
}

/** What was taken as fixed on a claim, beside silent scans, and was seen again is reopened like what a scan had shown to be fixed. */
function reopenedBeside(track: Track, events: readonly CaseEvent[]): Track {
  const again = track.broken.filter(({ seenAt }) => latestClaim(events.filter(({ at }) => isAfter(seenAt, at))) !== null).map(({ seenAt }) => seenAt);
  return again.length === 0 ? track : { ...track, reopened: track.reopened + again.length, reopenedAt: latestOf([track.reopenedAt, ...again]) };
}

/** The latest claim, unless a scan has seen the weakness since. */
function claimThatStands(track: Track, events: readonly CaseEvent[]): CaseEventOf<'fix-claimed'> | null {
  const claim = latestClaim(events);
  return claim === null || isAfter(track.lastSeen, claim.at) ? null : claim;
}

const isAfter = (a: Instant, b: Instant): boolean => instantMillis(a) > instantMillis(b);

const seenAfter = ({ looks }: Track, at: Instant): Instant | null => looks.find((look) => look.seen && isAfter(look.at, at))?.at ?? null;

const latestOf = (instants: readonly (Instant | null)[]): Instant => instants.filter((instant) => instant !== null).reduce((a, b) => (isAfter(b, a) ? b : a));

function clockStarts(track: Track, acceptance: Acceptance | null): ClockStart[] {
  return [
    { from: 'first-seen', at: track.firstSeen },
    ...(track.reopenedAt === null ? [] : [{ from: 'reopened' as const, at: track.reopenedAt }]),
    ...(acceptance?.endedAt ? [{ from: 'acceptance-ended' as const, at: acceptance.endedAt }] : []),
  ];
}

/** The request that nobody has answered yet. */
export function pendingOf(events: readonly CaseEvent[], now: Instant): PendingDecision | null {
  const event = events.findLast(({ kind }) => kind !== 'fix-claimed');
  if (event?.kind === 'acceptance-requested') return { kind: 'acceptance', by: event.by, at: event.at, decideBy: null, overdue: false };
  if (event?.kind === 'disputed') return { kind: 'dispute', by: event.by, at: event.at, decideBy: event.decideBy, overdue: isAfter(now, event.decideBy) };
  return null;
}
