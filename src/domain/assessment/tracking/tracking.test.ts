import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal, instantFromMillis, instantMillis } from '../../basics/index.ts';
import type { ThreatFacts, ThreatOutlook } from '../../threats/index.ts';
import type { Finding, Severity } from '../finding.ts';
import type { AssessmentParameters } from '../parameters.ts';
import { scopeOf } from '../scope.ts';
import {
  claimFix,
  countFindings,
  decideAcceptance,
  disputeFinding,
  historyOf,
  requestAcceptance,
  requireDisputeDecider,
  standingOf,
  takeBack,
  trackFindings,
  trackedLifecycle,
  type CaseEvent,
  type Reading,
  type Surroundings,
} from './index.ts';

const numbers = {
  'deadline.critical': 15,
  'deadline.high': 30,
  'deadline.medium': 90,
  'deadline.low': 180,
  'deadline.known-exploited': 14,
  'acceptance.days-most': 90,
  'dispute.decision-hours': 48,
} as unknown as AssessmentParameters['values'];
const quiet: ThreatFacts = { knownExploited: false, knownRansomware: false, listedOn: null, epss: null };
const outlookOf = (listed: Readonly<Record<string, string>> = {}): ThreatOutlook => ({
  version: 'invented',
  sources: [],
  of: (cve) => (listed[cve] === undefined ? quiet : { ...quiet, knownExploited: true, listedOn: listed[cve] }),
});
const around = (now: string, listed: Readonly<Record<string, string>> = {}): Surroundings => ({ scope: scopeOf([]), outlook: outlookOf(listed), now, numbers });

const finding = (more: { format?: string; cves?: string[]; host?: string; severity?: Severity; check?: string; port?: number | null } = {}): Finding => {
  const { format = 'nessus', cves = ['CVE-2024-0001'], host = 'www.example.com', severity = 'high', check = '1', port = 443 } = more;
  return {
    ...{ format, tool: format, checkId: check, title: `${check} on ${host}`, cves, cwes: [], cvss: null, severity, toolSeverity: '' },
    id: `finding_${[...`${format}${check}${cves.join('')}${host}${port}`]
      .reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % 2 ** 45, 7)
      .toString(16)
      .padStart(20, '0')}`,
    asset: { kind: 'host', name: host, host, port, service: null, version: null },
    ...{ firstSeen: null, lastSeen: null, evidence: '', remedy: '', suppressed: false },
  };
};
const reading = (
  report: string,
  at: string,
  findings: readonly Finding[],
  assets: readonly string[] = ['www.example.com'],
  format = findings[0]?.format ?? 'nessus',
): Reading => ({
  report,
  scan: { format, at, assets: [...assets] },
  findings,
});
const day = (n: number): string => instantFromMillis(Date.parse('2026-03-01T00:00:00+08:00') + n * 86_400_000);
const only = (readings: readonly Reading[], events: readonly CaseEvent[], surroundings: Surroundings) =>
  standingOf(trackFindings(readings)[0]!, events, surroundings);
const person = (user: string, organisation = 'firm') => ({ user, name: user, organisation });
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'allowed';
};

describe('one weakness over time', () => {
  it('is one for two tools, with both as its sources', () => {
    const tracks = trackFindings([reading('r1', day(1), [finding()]), reading('r2', day(3), [finding({ format: 'nuclei', check: 'other', port: null })])]);

    expect(tracks).toHaveLength(1);
    expect(tracks[0]).toMatchObject({ what: 'CVE-2024-0001', asset: 'www.example.com', firstSeen: day(1), lastSeen: day(3), reopened: 0, resolvedAt: null });
    expect(tracks[0]!.sources.map(({ format, findings }) => [format, findings.length])).toEqual([
      ['nessus', 1],
      ['nuclei', 1],
    ]);
  });

  it('is resolved by a later scan of the same format that looked and did not find it', () => {
    const found = reading('r1', day(1), [finding()]);

    expect(only([found, reading('r2', day(5), [])], [], around(day(6)))).toMatchObject({ state: 'fixed', since: day(5), settledBy: 'scan', counts: false });
  });

  it.each([
    ['another asset', reading('r2', day(5), [], ['mail.example.com'])],
    ['an earlier day', reading('r2', day(0), [])],
    ['the same instant', reading('r2', day(1), [])],
    ['another tool', reading('r2', day(5), [], ['www.example.com'], 'nmap')],
  ])('is not resolved by the silence of a scan of %s', (_, silent) => {
    expect(only([reading('r1', day(1), [finding()]), silent], [], around(day(6)))).toMatchObject({ state: 'open', counts: true });
  });

  it('stays open until every tool that reported it has looked again', () => {
    const both = [reading('r1', day(1), [finding()]), reading('r2', day(2), [finding({ format: 'openvas' })])];

    expect(only([...both, reading('r3', day(3), [])], [], around(day(9))).state).toBe('open');
    expect(only([...both, reading('r3', day(3), []), reading('r4', day(4), [], ['www.example.com'], 'openvas')], [], around(day(9)))).toMatchObject({
      state: 'fixed',
      since: day(4),
    });
  });

  it('is reopened when it is found again, with the clock from that day', () => {
    const back = [reading('r1', day(1), [finding()]), reading('r2', day(5), []), reading('r3', day(9), [finding()])];

    expect(only(back, [], around(day(10)))).toMatchObject({
      state: 'open',
      since: day(9),
      reopened: 1,
      clock: { from: 'reopened', startedAt: day(9), dueAt: day(39) },
    });
    expect(historyOf(trackFindings(back)[0]!, []).map(({ kind }) => kind)).toEqual(['seen', 'not-seen', 'seen']);
  });

  it('is new, not reopened, when a later scan of the same tool is the first to find it', () => {
    expect(only([reading('r1', day(1), []), reading('r2', day(5), [finding()])], [], around(day(10)))).toMatchObject({
      state: 'open',
      since: day(5),
      reopened: 0,
      clock: { from: 'first-seen', startedAt: day(5) },
    });
  });

  it('keeps packages of one scope apart', () => {
    const pack = (name: string): Finding => ({
      ...finding({ format: 'npm-audit' }),
      asset: { kind: 'package', name, host: null, port: null, service: 'npm', version: '1.0.0' },
    });

    expect(trackFindings([reading('r1', day(1), [pack('@invented/core'), pack('@invented/parser')], [])])).toHaveLength(2);
  });

  it('is out of scope where the firm declared other assets, and then has no deadline', () => {
    const surroundings = { ...around(day(2)), scope: scopeOf([{ name: 'example.net', exposure: 'internet' }]) };

    expect(only([reading('r1', day(1), [finding()])], [], surroundings)).toMatchObject({
      state: 'out-of-scope',
      settledBy: 'scope',
      clock: null,
      counts: false,
    });
  });
});

const anyReading = fc
  .record({
    at: fc.nat(20),
    format: fc.constantFrom('nessus', 'nuclei'),
    hosts: fc.subarray(['a.example.com', 'b.example.com'], { minLength: 1 }),
    seen: fc.subarray(['CVE-2024-0001', 'CVE-2024-0002', 'CVE-2024-0003']),
  })
  .map(({ at, format, hosts, seen }) => ({
    scan: { format, at: day(at), assets: hosts },
    findings: hosts.flatMap((host) => seen.map((cve) => finding({ format, cves: [cve], host, check: cve }))),
  }));
const anyReadings = fc.array(anyReading, { minLength: 1, maxLength: 8 }).map((all) => all.map((one, i): Reading => ({ report: `r${i}`, ...one })));

describe('laws of tracking', () => {
  it('does not depend on the order of the reports', () => {
    const shuffled = anyReadings.chain((readings) => fc.tuple(fc.constant(readings), fc.shuffledSubarray(readings, { minLength: readings.length })));
    fc.assert(
      fc.property(shuffled, ([readings, other]) => {
        expect(trackFindings(other)).toEqual(trackFindings(readings));
      }),
      { seed: 7 },
    );
  });

  it('does not change when a report is handed in a second time', () => {
    const view = (readings: readonly Reading[]) =>
      trackFindings(readings).map((track) => {
        const { state, since, counts, firstSeen, lastSeen, reopened } = standingOf(track, [], around(day(30)));
        return { state, since, counts, firstSeen, lastSeen, reopened };
      });
    fc.assert(
      fc.property(anyReadings, fc.nat(), (readings, pick) => {
        expect(view([...readings, { ...readings[pick % readings.length]!, report: 'again' }])).toEqual(view(readings));
      }),
      { seed: 8 },
    );
  });

  it('counts no less when a scan finds more', () => {
    const counted = (readings: readonly Reading[]) =>
      new Set(trackFindings(readings).flatMap((track) => (standingOf(track, [], around(day(30))).counts ? [track.id] : [])));
    fc.assert(
      fc.property(anyReadings, fc.nat(), (readings, pick) => {
        const at = pick % readings.length;
        const more = readings.map((one, i) =>
          i === at
            ? { ...one, findings: [...one.findings, finding({ format: one.scan.format, cves: ['CVE-2024-0009'], host: one.scan.assets[0]!, check: '9' })] }
            : one,
        );
        const after = counted(more);
        for (const id of counted(readings)) expect(after.has(id)).toBe(true);
      }),
      { seed: 9 },
    );
  });

  it('counts a finding exactly while its tool still reports it', () => {
    fc.assert(
      fc.property(anyReadings, (readings) => {
        const tracked = trackFindings(readings).map((track) => standingOf(track, [], around(day(30))));
        const present = new Set(tracked.flatMap(({ sources }) => sources.flatMap(({ present: is, findings }) => (is ? findings : []))));
        expect(new Set(countFindings(readings, tracked).findings.map(({ id }) => id))).toEqual(present);
      }),
      { seed: 10 },
    );
  });

  it('allows every move that the scans can make', () => {
    fc.assert(
      fc.property(anyReadings, (readings) => {
        const inTime = [...readings].sort((a, b) => instantMillis(a.scan.at) - instantMillis(b.scan.at));
        const before = new Map(trackFindings(inTime.slice(0, -1)).map((track) => [track.id, standingOf(track, [], around(day(30))).state]));
        for (const track of trackFindings(inTime)) {
          const [from, to] = [before.get(track.id) ?? trackedLifecycle.first, standingOf(track, [], around(day(30))).state];
          expect(from === to || trackedLifecycle.moves[from].includes(to)).toBe(true);
        }
      }),
      { seed: 11 },
    );
  });
});

const found = [reading('r1', day(1), [finding()])];

describe('a claim that it is fixed', () => {
  const claimed = claimFix(only(found, [], around(day(2))), { at: day(2), by: person('li') }, 'patched');

  it('keeps counting until a scan confirms it', () => {
    expect(only(found, [claimed], around(day(3)))).toMatchObject({ state: 'fix-claimed', counts: true });
    expect(only([...found, reading('r2', day(4), [])], [claimed], around(day(5)))).toMatchObject({ state: 'fixed', counts: false });
  });

  it('is disproved by a scan that still finds it', () => {
    expect(only([...found, reading('r2', day(4), [finding()])], [claimed], around(day(5)))).toMatchObject({ state: 'open', since: day(4) });
  });
});

describe('accepting a risk', () => {
  const asked = requestAcceptance(
    only(found, [], around(day(2))),
    { at: day(2), by: person('li') },
    { reason: 'replaced in spring', until: '2026-04-01' },
    numbers,
  );
  const waiting = only(found, [asked], around(day(2)));
  const granted = decideAcceptance(waiting, [asked], { at: day(3), by: person('zhao') }, { granted: true, note: '' });

  it('needs a second person', () => {
    expect(waiting).toMatchObject({ state: 'open', pending: { kind: 'acceptance' } });
    expect(codeOf(() => decideAcceptance(waiting, [asked], { at: day(3), by: person('li', 'insurer') }, { granted: true, note: '' }))).toBe(
      'second-person-needed',
    );
  });

  it('keeps the whole case as the approver saw it', () => {
    expect(granted.snapshot).toMatchObject({
      title: waiting.title,
      dueAt: waiting.clock!.dueAt,
      reason: 'replaced in spring',
      until: '2026-04-01',
      requestedBy: person('li'),
    });
    expect(granted.seen).toEqual({ severity: waiting.severity, knownExploited: false });
  });

  it('is not granted after its last day has passed while it waited', () => {
    const late = only(found, [asked], around('2026-04-02T00:00:00+08:00'));
    expect(codeOf(() => decideAcceptance(late, [asked], { at: '2026-04-02T00:00:00+08:00', by: person('zhao') }, { granted: true, note: '' }))).toBe(
      'acceptance-lapsed',
    );
    expect(decideAcceptance(late, [asked], { at: '2026-04-02T00:00:00+08:00', by: person('zhao') }, { granted: false, note: '' }).granted).toBe(false);
  });

  it('keeps counting, and stops the clock until its last day', () => {
    expect(only(found, [asked, granted], around('2026-04-01T23:59:59+08:00'))).toMatchObject({
      state: 'risk-accepted',
      counts: true,
      clock: null,
      acceptedUntil: '2026-04-01',
    });
    expect(only(found, [asked, granted], around('2026-04-02T00:00:00+08:00'))).toMatchObject({
      state: 'open',
      acceptanceEnded: 'expired',
      clock: { from: 'acceptance-ended' },
    });
  });

  it('ends at once when the vulnerability becomes known to be exploited', () => {
    expect(only(found, [asked, granted], around(day(20), { 'CVE-2024-0001': '2026-03-15' }))).toMatchObject({ state: 'open', acceptanceEnded: 'risk-grew' });
  });

  it.each([
    ['2026-03-03', 'acceptance-needs-expiry'],
    ['2026-06-02', 'acceptance-too-long'],
    ['2026-06-01', 'allowed'],
  ])('until %s: %s', (until, code) => {
    expect(codeOf(() => requestAcceptance(only(found, [], around(day(2))), { at: day(2), by: person('li') }, { reason: 'r', until }, numbers))).toBe(code);
  });

  it('is not asked for twice', () => {
    expect(codeOf(() => requestAcceptance(waiting, { at: day(2), by: person('li') }, { reason: 'r', until: '2026-04-01' }, numbers))).toBe('decision-pending');
  });
});

describe('a dispute', () => {
  const effect = { scoreBefore: 50, scoreAfter: 60, premiumBefore: null, premiumAfter: null };
  const disputed = (ground: 'not-mine' | 'not-exploitable' | 'fixed') =>
    disputeFinding(only(found, [], around(day(2))), { at: day(2), by: person('li') }, { ground, proof: 'see', file: null, decider: 'insurer' }, numbers);
  const upheld: CaseEvent = { kind: 'dispute-decided', at: day(3), by: person('wu', 'insurer'), upheld: true, note: 'checked', effect };

  it('shows a clock of 48 hours', () => {
    const waiting = only(found, [disputed('not-mine')], around(day(5)));

    expect(waiting).toMatchObject({ state: 'open', counts: true, pending: { decideBy: day(4), overdue: true } });
  });

  it('is decided by a second person of the organisation that was asked', () => {
    const events = [disputed('not-mine')];
    const waiting = only(found, events, around(day(2)));

    expect(codeOf(() => requireDisputeDecider(waiting, events, person('li', 'insurer')))).toBe('second-person-needed');
    expect(codeOf(() => requireDisputeDecider(waiting, events, person('wu', 'another')))).toBe('not-asked-to-decide');
    expect(codeOf(() => requireDisputeDecider(waiting, events, person('wu', 'insurer')))).toBe('allowed');
  });

  it.each([
    ['not-mine', 'out-of-scope'],
    ['not-exploitable', 'false-positive'],
    ['fixed', 'fixed'],
  ] as const)('on the ground %s, upheld, makes it %s', (ground, state) => {
    expect(only(found, [disputed(ground), upheld], around(day(6)))).toMatchObject({ state, settledBy: 'dispute', counts: false });
  });

  it('is remembered when a later scan reports it again, except where it was to be fixed', () => {
    const again = [...found, reading('r2', day(5), [finding()])];

    expect(only(again, [disputed('not-exploitable'), upheld], around(day(6))).state).toBe('false-positive');
    expect(only(again, [disputed('fixed'), upheld], around(day(6))).state).toBe('open');
  });

  it('changes nothing when it is rejected or taken back', () => {
    const rejected: CaseEvent = { ...upheld, upheld: false };
    const events = [disputed('not-mine'), upheld];

    expect(only(found, [disputed('not-mine'), rejected], around(day(6)))).toMatchObject({ state: 'open', pending: null });
    expect(only(found, [...events, takeBack(events, { at: day(5), by: person('wu') }, '')], around(day(6))).state).toBe('open');
  });

  it('takes only what it settles out of the score', () => {
    const two = [reading('r1', day(1), [finding({ cves: ['CVE-2024-0001', 'CVE-2024-0002'] })])];
    const tracked = trackFindings(two).map((track) =>
      standingOf(track, track.what === 'CVE-2024-0001' ? [disputed('not-exploitable'), upheld] : [], around(day(6))),
    );

    expect(countFindings(two, tracked).findings.map(({ cves }) => cves)).toEqual([['CVE-2024-0002']]);
  });
});

describe('the clock', () => {
  it('is set anew on the day of the listing, and back when the listing is taken back', () => {
    const listed = only(found, [], around(day(20), { 'CVE-2024-0001': '2026-03-10' }));

    expect(listed.clock).toMatchObject({ from: 'known-exploited', startedAt: '2026-03-09T16:00:00Z', days: 14 });
    expect(only(found, [], around(day(20))).clock).toMatchObject({ from: 'first-seen', days: 30 });
  });

  it('has no deadline for information', () => {
    expect(only([reading('r1', day(1), [finding({ severity: 'info' })])], [], around(day(9))).clock).toBeNull();
  });
});
