import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { Refusal } from '../../domain/basics/index.ts';
import { loadContent } from './load.ts';

const paper = fileURLToPath(new URL('../../../content', import.meta.url));
const made: string[] = [];
afterAll(() => made.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** A copy of the content that a test may spoil. */
function copyOfContent(): string {
  const folder = mkdtempSync(join(tmpdir(), 'riskloop-content-'));
  made.push(folder);
  cpSync(paper, folder, { recursive: true });
  return folder;
}

function problemsOf(contentDir: string, feedDirs: string[] = []): string {
  try {
    loadContent({ contentDir, feedDirs });
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
  return '';
}

describe('the content', () => {
  test('of this repository is whole, and every part has its hash', () => {
    const content = loadContent({ contentDir: paper, feedDirs: [join(paper, 'demo', 'threats')] });

    const hashes = [content.catalogue.version, content.ratebook.hash, content.parameters.version, content.assessmentBasis.controls.version, content.assessmentBasis.questionnaire.version, content.assessmentBasis.profiles.version, content.guidelines.version, content.outlook.version];
    for (const hash of hashes) expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(content.outlook.sources.length).toBeGreaterThan(0);
  });

  test('without feeds knows of no threat, and is another version', () => {
    const [without, withFeeds] = [loadContent({ contentDir: paper, feedDirs: [] }), loadContent({ contentDir: paper, feedDirs: [join(paper, 'demo', 'threats')] })];

    expect(without.outlook.sources).toEqual([]);
    expect(without.outlook.version).not.toBe(withFeeds.outlook.version);
  });

  test('with faults in several files is refused with all of them, each with its file', () => {
    const folder = copyOfContent();
    writeFileSync(join(folder, 'coverages', 'broken.yaml'), 'id: [unclosed');
    writeFileSync(join(folder, 'packages', 'twice.yaml'), 'id: a\nid: b\n');
    writeFileSync(join(folder, 'parameters', 'stray.yaml'), 'common: {}\nparameters:\n  - { key: Wrong Key }\n');

    const problems = problemsOf(folder);

    for (const file of ['content/coverages/broken.yaml line 1', 'content/packages/twice.yaml line 2', 'content/parameters/stray.yaml']) expect(problems).toContain(file);
  });

  test('does not expand a file that grows by references', () => {
    const folder = copyOfContent();
    const levels = Array.from({ length: 12 }, (_, level) => `l${level + 1}: &l${level + 1} [${Array(10).fill(`*l${level}`).join(', ')}]`);
    writeFileSync(join(folder, 'coverages', 'bomb.yaml'), ['l0: &l0 [x, x, x, x, x, x, x, x, x, x]', ...levels].join('\n'));
    const began = performance.now();

    expect(problemsOf(folder)).toContain('content/coverages/bomb.yaml');
    expect(performance.now() - began).toBeLessThan(5000);
  });

  test('with two ratebooks that begin on one day is refused, naming both', () => {
    const folder = copyOfContent();
    const file = join(folder, 'ratebooks', '2026.1', 'ratebook.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/effectiveFrom: .*/, "effectiveFrom: '2026-01-01'"));

    expect(problemsOf(folder)).toContain('content/ratebooks/2026.2/ratebook.yaml effectiveFrom: 2026-01-01 is the first day of version 2026.1 too');
  });

  test('with a feed that was cut short is refused, not used in part', () => {
    const folder = copyOfContent();
    const feed = join(folder, 'demo', 'threats', 'kev.json');
    writeFileSync(feed, readFileSync(feed, 'utf8').slice(0, -20));

    expect(problemsOf(folder, [join(folder, 'demo', 'threats')])).toContain('kev.json');
  });
});

/** Facts of the firm and habits of trade that the framework has no clause for; anything else without a clause has been forgotten. */
const withoutClause: Readonly<Record<'mlps' | 'iso27001' | 'csf' | 'cis', readonly string[]>> = {
  mlps: [
    'industryRiskModerate',
    'isoCertified',
    'noClaimsInThreeYears',
    'notCriticalInfrastructure',
    'paymentChangesConfirmedByCallback',
    'registrationOnRecord',
    'securitySpendAdequate',
  ],
  iso27001: ['industryRiskModerate', 'noClaimsInThreeYears', 'registrationOnRecord', 'securitySpendAdequate'],
  csf: ['noClaimsInThreeYears', 'paymentChangesConfirmedByCallback', 'registrationOnRecord'],
  cis: [
    'applicationsMonitored',
    'budgetApprovedByManagement',
    'changesControlled',
    'dataRetentionLimited',
    'ddosProtectionSubscribed',
    'industryRiskModerate',
    'isoCertified',
    'multiLevelProtectionFiled',
    'noClaimsInThreeYears',
    'notCriticalInfrastructure',
    'paymentChangesConfirmedByCallback',
    'personalDataRulesFollowed',
    'redundancyForKeySystems',
    'registrationOnRecord',
    'riskAssessedYearly',
    'secretsKeptOutOfCode',
    'sectorRequirementsTracked',
    'securityPolicyInForce',
    'securitySpendAdequate',
    'securityStaffDedicated',
    'threatIntelligenceUsed',
  ],
};

test('at least sixty indicators have a question, a weight, a source, and their clauses of the four frameworks', () => {
  const controls = [...loadContent({ contentDir: paper, feedDirs: [] }).assessmentBasis.controls.controls.values()];

  expect(controls.length).toBeGreaterThanOrEqual(60);
  expect(controls.filter(({ question, source, weight, validDays }) => question.zh === '' || question.en === '' || source === '' || weight <= 0 || validDays < 1)).toEqual([]);
  for (const framework of ['mlps', 'iso27001', 'csf', 'cis'] as const)
    expect(controls.filter(({ mappings }) => mappings[framework].length === 0).map(({ id }) => id).sort(), framework).toEqual(withoutClause[framework]);
  expect(new Set(controls.map(({ dimension }) => dimension)).size).toBe(6);
});
