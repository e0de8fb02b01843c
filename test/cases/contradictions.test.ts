import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answers, content, finding, findings, firm, now, outlook } from './assessment-world.ts';
import { isPut, putBy } from '../../src/domain/assessment/condition.ts';
import {
  assess,
  contradictionFault,
  listContradictions,
  type AssessmentInput,
  type Contradiction,
  type Finding,
  type Question,
} from '../../src/domain/assessment/index.ts';
import { FirmFact, type FirmProfile } from '../../src/domain/parties/index.ts';

const rules = content.assessmentBasis;
const questions = [...rules.questionnaire.byId.values()];
const facts = [...new Set(questions.flatMap(({ onlyIf }) => JSON.stringify(onlyIf)?.match(/\w+/g) ?? []))].filter(
  (word): word is FirmFact => FirmFact.safeParse(word).success,
);

const base: Finding = { ...fc.sample(finding, { seed: 7, numRuns: 1 })[0]!, title: 'Open port', severity: 'low', cves: [], cwes: [], cvss: null };
const host = { kind: 'host' as const, service: null, version: null };
/** Each shows something that a question of the paper is about. */
const sights: readonly Partial<Finding>[] = [
  { asset: { ...host, name: 'vpn.example.com', host: 'vpn.example.com', port: 3389 } },
  { asset: { ...host, name: 'plc.example.com', host: 'plc.example.com', port: 502 } },
  { asset: { ...host, name: 'elsewhere.example.net', host: 'elsewhere.example.net', port: 502 } },
  { asset: { kind: 'file', name: 'src/A.java', host: null, port: null, service: null, version: null }, cwes: [798] },
  { asset: { ...host, name: 'mail.example.com', host: 'mail.example.com', port: 443 }, title: 'default password accepted' },
];
const seen = fc
  .array(fc.record({ at: fc.nat(sights.length - 1), suppressed: fc.boolean() }), { maxLength: 6 })
  .map((all) => all.map(({ at, suppressed }, i): Finding => ({ ...base, ...sights[at]!, id: `finding_seen_${i}`, suppressed })));

const profile = fc.record(Object.fromEntries(FirmFact.options.map((fact) => [fact, fc.boolean()]))).map((stated): FirmProfile => ({ ...firm, ...stated }));

const situation = fc.record({ profile, answers, seen, findings }).map(({ profile: one, answers: given, seen: shown, findings: found }): AssessmentInput => ({
  ...{ firm: one, answers: given, findings: [...shown, ...found] },
  ...{ scans: [], outlook, now },
}));

const contradictionsOf = (one: AssessmentInput): Contradiction[] => listContradictions(assess(one, rules), one.answers, one.findings, rules);

/** The controls whose statement a finding that counts speaks against, worked out from the paper alone. */
function deniedAndShown(one: AssessmentInput): string[] {
  const shown = new Set(assess(one, rules).findings.flatMap(({ counts, signals }) => (counts ? signals : [])));
  const shows = (ids: readonly string[]): boolean => ids.some((id) => shown.has(id));
  return [...rules.controls.controls.values()].flatMap((control) => {
    const question = rules.questionnaire.byControl.get(control.id);
    if (question === undefined) return [];
    const put = isPut(question, { firm: one.firm, answers: one.answers.answers });
    const value = put === 'yes' ? one.answers.answers[question.id]?.value : undefined;
    const denied = put === 'no' || value === 'not-applicable';
    const against = denied || value === 'yes' || value === 'partly' ? [...control.contradictedBy, ...(denied ? (question.shownBy ?? []) : [])] : [];
    return shows(against) ? [control.id] : [];
  });
}

/** The same situation with the contradicted statements put right: what was denied is there, and what was claimed is not. */
function putRight(one: AssessmentInput, found: readonly Contradiction[]): AssessmentInput {
  const given = { ...one.answers.answers };
  const stated: Partial<Record<FirmFact, boolean>> = {};
  const no = { value: 'no', coverage: null, kind: 'self-declared', on: '2026-11-20', until: null, note: '' } as const;
  for (const { control, question, fact } of found) {
    const own = rules.questionnaire.byControl.get(control) as Question;
    given[own.id] = no;
    if (fact !== null) stated[fact] = true;
    else if (putBy(own).includes(question)) given[question] = { ...no, value: 'yes' };
  }
  return { ...one, firm: { ...one.firm, ...stated }, answers: { ...one.answers, answers: given } };
}

describe('contradictions', () => {
  it('are all statements, in answers and facts, that a finding speaks against, and nothing else', () => {
    fc.assert(
      fc.property(situation, (one) => {
        expect(contradictionsOf(one).map(({ control }) => control)).toEqual(deniedAndShown(one));
      }),
      { numRuns: 300, seed: 20261128 },
    );
  });

  it('say what was stated and what was seen, and are over once the statement is put right or nothing is seen any more', () => {
    fc.assert(
      fc.property(situation, (one) => {
        const found = contradictionsOf(one);

        for (const { attested, fact, observed } of found) {
          if (fact !== null) expect([attested.value, attested.on, one.firm[fact]]).toEqual(['no', null, false]);
          else expect(attested.on).not.toBeNull();
          expect(observed).not.toEqual([]);
        }
        expect(contradictionsOf(putRight(one, found))).toEqual([]);
        expect(contradictionsOf({ ...one, findings: [] })).toEqual([]);
      }),
      { numRuns: 300, seed: 20261129 },
    );
  });

  it('rest on the word of the firm where its profile speaks, also of what stands in a register', () => {
    const told = { ...firm, creditCode: '91330200TESTFIRM06', repairs: { closed: 3, openDays: 90 } };
    const input = { firm: told, answers: { questionnaire: rules.questionnaire.questionnaire.id, answers: {} }, findings: [], scans: [], outlook, now };
    const ofProfile = assess(input, rules).indicators.flatMap(({ evidence }) => evidence.filter(({ reference }) => reference.startsWith('profile:')));

    expect(ofProfile.length).toBeGreaterThan(4);
    expect(new Set(ofProfile.map(({ kind }) => kind))).toEqual(new Set(['self-declared']));
  });

  it('name the fact of the profile that says there is no industrial control', () => {
    const plc = { ...base, ...sights[1]!, id: 'finding_plc', suppressed: false };
    const stated = { firm: { ...firm, operatesIndustrialControl: false }, answers: { questionnaire: rules.questionnaire.questionnaire.id, answers: {} } };
    const [one, ...more] = contradictionsOf({ ...stated, findings: [plc], scans: [], outlook, now });

    expect(facts).toContain('operatesIndustrialControl');
    expect(one).toMatchObject({
      ...{ control: 'industrialNetworkSeparated', fact: 'operatesIndustrialControl', attested: { value: 'no', kind: 'self-declared', on: null } },
      ...{ title: { en: 'Runs industrial control systems' }, observed: [{ finding: 'finding_plc' }] },
    });
    expect(contradictionFault(one!)).toMatchObject({
      ...{ path: 'firm.operatesIndustrialControl', code: 'contradicted' },
      message: expect.stringMatching(/填为否，观测到：Open port · .*Runs industrial control systems.* stated as no/),
    });
    expect(contradictionFault({ ...one!, fact: null })).toMatchObject({ path: `answers.${one!.question}`, message: 'observed otherwise: Open port' });
    expect(more).toEqual([]);
  });
});
