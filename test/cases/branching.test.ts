import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answers, content, finding, findings, firm, input, now, outlook, standingOf } from './assessment-world.ts';
import { buildQuestionnaire } from '../../src/domain/assessment/build.ts';
import { putBy } from '../../src/domain/assessment/condition.ts';
import { assess, listContradictions, type Answer, type AssessmentInput, type Finding, type IndicatorResult } from '../../src/domain/assessment/index.ts';
import type { FirmProfile } from '../../src/domain/parties/index.ts';

const rules = content.assessmentBasis;
const { questionnaire, byId } = rules.questionnaire;
const said = (value: Answer['value']): Answer => ({ value, coverage: null, kind: 'self-declared', on: '2026-11-01', until: null, note: '' });
const buyer: FirmProfile = { ...firm, sellsTechnologyServices: false, makesDigitalProducts: false };
const inputOf = (given: Record<string, Answer>, more: Partial<AssessmentInput> = {}): AssessmentInput => ({
  ...{ firm: buyer, answers: { questionnaire: questionnaire.id, answers: given }, findings: [], scans: [], outlook, now },
  ...more,
});
const indicatorOf = (control: string, one: AssessmentInput): IndicatorResult => assess(one, rules).indicators.find((each) => each.control === control)!;

/** Each question of the paper that an answer puts or rules out, with the question that it hangs on. */
const branches = [...byId.values()].flatMap((question) => putBy(question).map((parent) => [question.id, parent] as const));

describe('the questionnaire in force', () => {
  it('asks about a second factor where there is remote access, and about code where software is developed', () => {
    expect(branches).toEqual([
      ['secureDevelopmentPractised', 'developsSoftware'],
      ['componentsTracked', 'developsSoftware'],
      ['secretsKeptOutOfCode', 'developsSoftware'],
      ['mfaCoversRemoteAccess', 'usesRemoteAccess'],
    ]);
  });

  it.each(branches)('%s does not apply where %s is answered no, and its own answer then changes nothing', (child, parent) => {
    const without = inputOf({ [parent]: said('no') });

    expect(indicatorOf(child, without)).toMatchObject({ value: 'not-applicable', contradicted: false });
    for (const value of ['yes', 'no', 'unknown'] as const)
      expect(assess(inputOf({ [parent]: said('no'), [child]: said(value) }), rules)).toMatchObject({
        score: assess(without, rules).score,
        security: assess(without, rules).security,
      });
  });

  it.each(branches)('%s counts by its answer where %s is answered yes, and is left open without one', (child, parent) => {
    expect(indicatorOf(child, inputOf({ [parent]: said('yes'), [child]: said('no') })).value).toBe('no');
    expect(indicatorOf(child, inputOf({ [parent]: said('yes') })).value).toBe('unknown');
  });

  it.each(branches)('%s is left open where %s is not answered: leaving the first out settles nothing', (child, parent) => {
    for (const given of [{}, { [child]: said('yes') }, { [parent]: said('unknown'), [child]: said('yes') }])
      expect(indicatorOf(child, inputOf(given)).value).toBe('unknown');
  });

  it.each(branches)('%s is left open once the no to %s has expired, and stays put by a yes that has', (child, parent) => {
    for (const old of [{ on: '2015-01-01' }, { on: '2019-01-01', until: '2020-01-01' }]) {
      expect(indicatorOf(child, inputOf({ [parent]: { ...said('no'), ...old } })).value).toBe('unknown');
      expect(indicatorOf(child, inputOf({ [parent]: { ...said('yes'), ...old }, [child]: said('no') })).value).toBe('no');
    }
  });

  it.each(branches)('%s is left open where “not applicable” is stored for %s', (child, parent) => {
    expect(indicatorOf(child, inputOf({ [parent]: said('not-applicable') })).value).toBe('unknown');
  });

  it('asks firms that sell or make software about their code without asking first whether they develop any', () => {
    for (const one of [
      { ...buyer, sellsTechnologyServices: true },
      { ...buyer, makesDigitalProducts: true },
    ])
      expect(indicatorOf('secretsKeptOutOfCode', inputOf({ developsSoftware: said('no'), secretsKeptOutOfCode: said('yes') }, { firm: one })).value).toBe(
        'yes',
      );
  });
});

describe('an answer that rules a question out against what a scan shows', () => {
  const desktop: Finding = {
    ...fc.sample(finding, { seed: 7, numRuns: 1 })[0]!,
    ...{ id: 'finding_desktop', title: 'Open port', severity: 'low', cves: [], cvss: null },
  };
  const exposed: Finding = { ...desktop, suppressed: false, asset: { ...desktop.asset, name: 'vpn.example.com', host: 'vpn.example.com', port: 3389 } };

  it('is contradicted, by the name of the question that was answered', () => {
    const one = inputOf({ usesRemoteAccess: said('no') }, { findings: [exposed] });
    const assessment = assess(one, rules);
    const [contradiction, ...more] = listContradictions(assessment, one.answers, [exposed], rules);

    expect(indicatorOf('mfaCoversRemoteAccess', one)).toMatchObject({ value: 'no', effective: 0, contradicted: true, deniedBy: 'usesRemoteAccess' });
    expect(contradiction).toMatchObject({
      question: 'usesRemoteAccess',
      title: byId.get('usesRemoteAccess')!.asks,
      observed: [{ finding: 'finding_desktop' }],
    });
    expect(more).toEqual([]);
  });

  it('is not contradicted by what was repaired, by what is out of scope, or where the firm admits to it', () => {
    const elsewhere: Finding = { ...exposed, asset: { ...exposed.asset, name: 'elsewhere.example.net', host: 'elsewhere.example.net' } };

    for (const found of [[], [elsewhere], [{ ...exposed, suppressed: true }]])
      expect(indicatorOf('mfaCoversRemoteAccess', inputOf({ usesRemoteAccess: said('no') }, { findings: found })).value).toBe('not-applicable');
    const admitted = inputOf({ usesRemoteAccess: said('yes'), mfaCoversRemoteAccess: said('yes') }, { findings: [exposed] });
    expect(indicatorOf('mfaCoversRemoteAccess', admitted)).toMatchObject({ value: 'yes', contradicted: false });
  });

  const shownOn = (port: number | null, more: Partial<Finding> = {}): Finding => ({ ...exposed, asset: { ...exposed.asset, port }, ...more });
  const source: Finding = shownOn(null, { cwes: [20], asset: { kind: 'file', name: 'src/A.java', host: null, port: null, service: null, version: null } });
  const code = ['secureDevelopmentPractised', 'componentsTracked', 'secretsKeptOutOfCode'];
  const sights: [string, string, string[], Finding][] = [
    ...[22, 23, 500, 1194, 1723, 3389, 5900, 5938].map((port): [string, string, string[], Finding] => [
      `port ${port}`,
      'usesRemoteAccess',
      ['mfaCoversRemoteAccess'],
      shownOn(port),
    ]),
    ...['Palo Alto GlobalProtect portal', 'Sangfor SSL VPN login', 'Ivanti Connect Secure Detection', 'FortiGate', 'JumpServer Login Panel - Detect'].map(
      (title): [string, string, string[], Finding] => [title, 'usesRemoteAccess', ['mfaCoversRemoteAccess'], shownOn(443, { title })],
    ),
    ['weakness in source', 'developsSoftware', code, source],
    ['leaked secret', 'developsSoftware', code, { ...source, cwes: [798] }],
  ];

  it.each(sights)('%s speaks against a no to %s, which never scores more nor costs less than the honest answers', (_, parent, children, seen) => {
    const base = Object.fromEntries([...byId.keys()].map((id) => [id, said('yes')]));
    const noes = Object.fromEntries(children.map((id) => [id, said('no')]));
    const denied = inputOf({ ...base, [parent]: said('no') }, { findings: [seen] });
    const [false_, honest] = [standingOf(denied), standingOf(inputOf({ ...base, ...noes }, { findings: [seen] }))];

    for (const child of children) expect(indicatorOf(child, denied)).toMatchObject({ value: 'no', contradicted: true, deniedBy: parent });
    const expired = inputOf({ ...base, [parent]: { ...said('no'), on: '2015-01-01' } }, { findings: [seen] });
    for (const child of children) expect(indicatorOf(child, expired)).toMatchObject({ value: 'no', effective: 0, contradicted: true });
    expect(false_.score).toBeLessThanOrEqual(honest.score + 1e-9);
    expect(false_.premium).toBeGreaterThanOrEqual(honest.premium);
  });

  it.each([102, 502])('port %i of an industrial controller counts against a firm that denies having any', (port) => {
    const denied = inputOf({ industrialNetworkSeparated: said('yes') }, { findings: [shownOn(port)] });
    const honest = inputOf({ industrialNetworkSeparated: said('no') }, { findings: [shownOn(port)], firm: { ...buyer, operatesIndustrialControl: true } });

    expect(indicatorOf('industrialNetworkSeparated', denied)).toMatchObject({ value: 'no', effective: 0 });
    expect(standingOf(denied).score).toBeLessThanOrEqual(standingOf(honest).score + 1e-9);
  });

  it('never scores more nor costs less than the honest answer, whatever else is known', () => {
    fc.assert(
      fc.property(input, answers, findings, (one, given, found) => {
        const told = (more: Record<string, Answer>): AssessmentInput => ({
          ...one,
          answers: { ...given, answers: { ...given.answers, ...more } },
          findings: [...found, exposed],
        });
        const [false_, honest] = [
          standingOf(told({ usesRemoteAccess: said('no') })),
          standingOf(told({ usesRemoteAccess: said('yes'), mfaCoversRemoteAccess: said('no') })),
        ];

        expect(false_.score).toBeLessThanOrEqual(honest.score + 1e-9);
        expect(false_.premium).toBeGreaterThanOrEqual(honest.premium);
        expect(false_.assessment.gate.passed && !honest.assessment.gate.passed).toBe(false);
      }),
      { numRuns: 40, seed: 20261128 },
    );
  });
});

describe('a questionnaire', () => {
  const built = (change: object) => {
    const sections = questionnaire.sections.map((section) => ({
      ...section,
      questions: section.questions.map((question) => (question.id === 'mfaCoversEmail' ? { ...question, ...change } : question)),
    }));
    return buildQuestionnaire([{ path: `${questionnaire.id}.yaml`, data: { ...questionnaire, sections } }]).problems.map(({ message }) => message);
  };

  it('is refused when a question hangs on one that answers a control, on a later one, or is shown by no signal', () => {
    expect(built({})).toEqual([]);
    expect(built({ onlyIf: { answer: 'securityOfficerNamed', is: ['yes'] } })).toEqual([
      expect.stringContaining('a better answer there could lower the score'),
    ]);
    expect(built({ onlyIf: { answer: 'noOpenIncident', is: ['yes'] } })).toEqual([expect.stringContaining('is not put before it')]);
    expect(built({ shownBy: ['nothing'] })).toEqual([expect.stringContaining('is no signal')]);
  });
});
