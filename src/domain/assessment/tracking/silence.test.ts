import { describe, expect, it } from 'vitest';
import { readScannerReport, scanOf } from '../index.ts';
import { scopeOf } from '../scope.ts';
import type { AssessmentParameters } from '../parameters.ts';
import { claimFix, countFindings, standingOf, trackFindings, type CaseEvent, type Reading } from './index.ts';

/** Reports as tools write them, read and followed: what the silence of a later one says. */
const uploaded = (n: number): string => `2026-06-${String(n).padStart(2, '0')}T00:00:00Z`;
const read = (n: number, text: string): Reading => {
  const report = readScannerReport([new TextEncoder().encode(text)], { now: '2026-07-01T00:00:00Z' });
  return { report: `report_${n}`, scan: scanOf(report, uploaded(n)), findings: report.findings };
};
const around = {
  scope: scopeOf([]),
  outlook: { version: 'invented', sources: [], of: () => ({ knownExploited: false, knownRansomware: false, listedOn: null, epss: null }) },
  now: '2026-07-01T00:00:00Z',
  numbers: { 'deadline.critical': 15, 'deadline.high': 30, 'deadline.medium': 90, 'deadline.low': 180 } as unknown as AssessmentParameters['values'],
};
const standings = (readings: readonly Reading[], events: readonly CaseEvent[] = []) => {
  const tracked = trackFindings(readings).map((track) => standingOf(track, events, around));
  return { tracked, ...countFindings(readings, tracked) };
};
const states = (...readings: Reading[]) =>
  standings(readings).tracked.map(({ title, state, silentAt }) => [title, silentAt === null ? state : `${state}, silent`]);

interface Run {
  readonly asked?: string;
  readonly protocol?: string;
  readonly host?: string;
  readonly ports?: string;
}
const nmap = (n: number, { asked = '1-65535', protocol = 'tcp', host = 'up', ports = '' }: Run): Reading =>
  read(
    n,
    `<nmaprun scanner="nmap" start="${Date.parse(uploaded(n)) / 1000}">${asked === '' ? '' : `<scaninfo type="syn" protocol="${protocol}" services="${asked}"/>`}` +
      `<host><status state="${host}"/><address addr="198.51.100.5" addrtype="ipv4"/><ports>${ports}</ports></host>` +
      `<runstats><finished time="${Date.parse(uploaded(n)) / 1000 + 60}" exit="success"/></runstats></nmaprun>`,
  );
const port = (number: number, state = 'open', script = ''): string => `<port protocol="tcp" portid="${number}"><state state="${state}"/>${script}</port>`;
const web = port(443);
const vulners = (output: string): string => `<script id="vulners" output="${output}"/>`;
const desktop = 'Open port tcp/3389';

describe('the silence of nmap', () => {
  const first = nmap(1, { ports: web + port(3389) });
  const stateAfter = (run: Run) => new Map(states(first, nmap(2, run)) as [string, string][]).get(desktop);

  it.each<[string, Run, string]>([
    ['of a run over every port', { ports: web }, 'fixed'],
    ['of a run over that very port', { asked: '443,3000-4000', ports: web }, 'fixed'],
    ['where a firewall drops what it asked for', { ports: `${web}<extraports state="filtered" count="65534"/>` }, 'fixed'],
    ['of a run over other ports', { asked: '80,443', ports: web }, 'open'],
    ['of a run that only looked which hosts are there', { asked: '' }, 'open'],
    ['of a run over another protocol', { protocol: 'udp', asked: '1-65535', ports: '<port protocol="udp" portid="53"><state state="open"/></port>' }, 'open'],
    ['about a host that is down', { host: 'down' }, 'open'],
    ['about a host that hides everything', { ports: '<extraports state="filtered" count="65535"/>' }, 'open'],
  ])('%s leaves an open port %s', (_, run, state) => {
    expect(stateAfter(run)).toBe(state);
  });

  it('about a vulnerability counts when its script ran again, or its port is closed', () => {
    const found = nmap(1, { ports: port(443, 'open', vulners('CVE-2024-0001 9.8')) });
    const after = (run: Run) => states(found, nmap(2, run)).find(([title]) => title!.startsWith('CVE'))![1];

    expect(after({ ports: port(443) })).toBe('open');
    expect(after({ ports: port(443, 'open', vulners('none')) })).toBe('fixed');
    expect(after({ ports: port(443, 'closed') })).toBe('fixed');
  });

  it('counts no host that did not answer as looked at', () => {
    expect(nmap(1, { host: 'down' }).scan.assets).toEqual([]);
    expect(nmap(1, { ports: port(443, 'closed') }).scan.assets).toEqual(['198.51.100.5']);
  });
});

describe('the silence of a tool whose checks are chosen', () => {
  const nuclei = (n: number, ...templates: string[]): Reading =>
    read(
      n,
      templates
        .map(
          (id) =>
            `{"template-id":"${id}","info":{"name":"${id}","severity":"high"},"type":"http","host":"https://www.example.com","matched-at":"https://www.example.com/","timestamp":"${uploaded(n)}"}`,
        )
        .join('\n'),
    );
  const readings = [nuclei(1, 'one', 'two'), nuclei(2, 'two')];
  const [one] = standings(readings).tracked.filter(({ title }) => title === 'one');

  it('is told and proves nothing by itself', () => {
    expect(states(...readings)).toContainEqual(['one', 'open, silent']);
    expect(standings(readings).findings.map(({ title }) => title)).toEqual(expect.arrayContaining(['one', 'two']));
  });

  it('settles it beside the claim of the firm, which is kept apart for whoever underwrites', () => {
    const claim = claimFix(one!, { at: uploaded(3), by: { user: 'li', name: 'li', organisation: 'firm' } }, 'patched');
    const track = trackFindings(readings).find(({ id }) => id === one!.id)!;
    const standing = standingOf(track, [claim], around);
    const counted = countFindings(readings, [standing]);

    expect(standing).toMatchObject({ state: 'fixed', settledBy: 'claim', since: uploaded(3), counts: false });
    expect([counted.findings.map(({ title }) => title), counted.claimed.map(({ title }) => title)]).toEqual([['two'], ['one']]);
    const again = trackFindings([...readings, nuclei(4, 'one')]).find(({ id }) => id === one!.id)!;
    expect(standingOf(again, [claim], around)).toMatchObject({ state: 'open', since: uploaded(4), reopened: 1 });
    expect(standingOf(again, [], around)).toMatchObject({ state: 'open', reopened: 0 });
  });
});

describe('the silence of a report', () => {
  const leak = (file: string, line: number) => ({ RuleID: 'key', Description: 'A key', File: file, StartLine: line });
  const gitleaks = (n: number, ...leaks: object[]): Reading =>
    read(n, JSON.stringify(leaks.map((one) => ({ Match: 'x', Secret: 'x', Commit: '', Date: '', ...one }))));

  it('that gives no date takes the claim of the firm', () => {
    expect(states(gitleaks(1, leak('a.env', 3), leak('a.env', 9)), gitleaks(2, leak('a.env', 3)))).toEqual(
      expect.arrayContaining([
        ['A key', 'open'],
        ['A key', 'open, silent'],
      ]),
    );
  });

  it('says of a place in a file what it says of the file, whatever the case of its name', () => {
    const [found] = gitleaks(1, leak('src/A.env', 3)).findings;
    const dated = (n: number, findings: Reading['findings']): Reading => ({
      report: `report_${n}`,
      scan: { format: 'gitleaks', at: uploaded(n), assets: ['src/A.env'] },
      findings,
    });

    expect(found!.asset).toMatchObject({ name: 'src/A.env:3', part: ':3' });
    expect(states(dated(1, [found!]), dated(2, []))).toEqual([['A key', 'fixed']]);
  });

  it('about a package that no list names takes the claim of the firm', () => {
    const audit = (n: number, ...names: string[]): Reading =>
      read(
        n,
        JSON.stringify({
          auditReportVersion: 2,
          vulnerabilities: Object.fromEntries(
            names.map((name) => [
              name,
              {
                name,
                severity: 'high',
                isDirect: true,
                via: [{ source: 1, name, title: `flaw in ${name}`, url: '', severity: 'high', range: '<2' }],
                effects: [],
                range: '<2',
                nodes: [],
                fixAvailable: false,
              },
            ]),
          ),
          metadata: { vulnerabilities: {} },
        }),
      );

    expect(states(audit(1, 'lodash', 'minimist'), audit(2, 'minimist'))).toContainEqual([expect.stringContaining('lodash'), 'open, silent']);
  });
});
