import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { assessments } from './assessment.ts';
import type { Json } from '../../test/system.ts';
import { checkout, useWholeSystem } from '../../test/world.ts';
import { password } from '../../test/door.ts';
import { InventedPanel, inventHistories } from './invented-panel.ts';
import { getOwnHistory, savePanel } from './firm-histories.ts';
import { previewCohort } from './study-choices.ts';
import { getStudyData, getStudyReport } from './study-documents.ts';
import { approveRelease, getRelease, listReleases, proposeRelease } from './study-releases.ts';
import { operation, type Actor } from './operation.ts';
import { computeStudy, getStudy, listStudies, refreshStudies, runSavedStudy, saveStudy } from './studies.ts';
import { studies } from './study-records.ts';

const everybody = { startFrom: null, startUntil: null, industries: null, sizes: null, products: null, scoreFrom: null, scoreUntil: null };
const asked = {
  question: '投保企业前后有什么变化？',
  design: 'paired',
  metrics: ['score', 'mfa-coverage'],
  cohort: everybody,
  control: { kind: 'none' },
  splitBy: [],
  followUpDays: 365,
  seed: 7,
  refresh: 'none',
};
const asManager: Actor = {
  user: 'usr_insurer',
  name: '丙',
  organisation: 'org_insurer',
  organisationKind: 'insurer',
  roles: ['underwriting-manager'],
  via: 'session',
};

const sampleFirm = {
  ...{
    name: '示例甲企业',
    creditCode: null,
    industry: 'retail',
    gbt4754: null,
    employees: 30,
    annualRevenue: { currency: 'CNY', minor: 100_000_000 },
    personalRecords: 10,
  },
  ...{ sellsOnline: true, operatesIndustrialControl: false, sellsTechnologyServices: false, makesDigitalProducts: false, criticalInfrastructure: false },
  ...{ securitySpend: null, assets: [], pastClaims: [], repairs: null },
};

/** Makes a study wait for a job that will fail for good. */
const stall = operation({
  name: 'stall',
  module: 'evaluation',
  summary: { zh: '', en: '' },
  who: 'study:write',
  input: z.strictObject({ study: z.string() }),
  output: z.string(),
  http: null,
  effect: 'write',
  run: async ({ records, jobs }, { study }) => {
    const { body, version } = await records.lock(studies, study);
    const job = await jobs.enqueue('noSuchOperation', {}, { about: 'nothing' });
    await records.save(studies, study, version, { ...body, state: 'running', job });
    return job;
  },
});

/** Makes the latest version of an assessment look as if earlier rules had scored it 7 points lower; `broken` also changes what it says of its evidence. */
const ageRules = operation({
  name: 'ageRules',
  module: 'evaluation',
  summary: { zh: '', en: '' },
  who: 'assessment:write',
  input: z.strictObject({ assessment: z.string(), broken: z.boolean() }),
  output: z.null(),
  http: null,
  effect: 'write',
  run: async ({ records }, { assessment, broken }) => {
    const { body, version } = await records.lock(assessments, assessment);
    const versions = { ...body.result.versions, parameters: 'earlier', ...(broken ? { findings: 'others' } : {}) };
    await records.save(assessments, assessment, version, { ...body, result: { ...body.result, score: body.result.score - (broken ? 0 : 7), versions } });
    return null;
  },
});

const endMonth = '2026-01';
const asOf = '2026-01-01T00:00:00Z';

const system = useWholeSystem();
let manager = '';
let actuary = '';
let officer = '';
let panel = '';

interface Answer {
  readonly status: number;
  readonly body: Json;
}

async function ask(cookie: string, method: 'GET' | 'POST', url: string, payload?: object): Promise<Answer> {
  const response = await system.as(cookie, { method, url: `/api${url}`, ...(payload === undefined ? {} : { payload }) });
  return { status: response.statusCode, body: response.headers['content-type']?.toString().includes('json') ? response.json() : { text: response.body } };
}

async function savedStudy(over: object = {}): Promise<string> {
  const { status, body } = await ask(manager, 'POST', '/studies', { ...asked, source: panel, asOf, ...over });
  expect(status).toBe(201);
  return body.id;
}

beforeAll(async () => {
  await system.world.identity.seed(
    [{ id: 'org_authority', name: '示例主管部门', kind: 'authority' }],
    [
      { id: 'usr_actuary', email: 'actuary@example.com', name: '丁', memberships: [{ organisation: 'org_insurer', roles: ['actuary'] }], password },
      { id: 'usr_officer', email: 'officer@example.com', name: '戊', memberships: [{ organisation: 'org_authority', roles: ['officer'] }], password },
    ],
  );
  [manager, actuary, officer] = (await Promise.all(
    ['insurer@example.com', 'actuary@example.com', 'officer@example.com'].map((email) => system.enter(email)),
  )) as [string, string, string];
  const invented = InventedPanel.parse(parse(readFileSync(join(checkout, 'content/demo/panel/panel.yaml'), 'utf8')));
  const { output } = await system.world.runner.run(savePanel, {
    actor: asManager,
    input: { name: invented.name, source: invented.source, invented: true, histories: inventHistories(invented, endMonth) },
  });
  panel = output.panel;
}, 60_000);

describe('a study', () => {
  it('runs once: on unchanged data it is the same run, whatever the order of asking', async () => {
    const study = await savedStudy();
    const first = await ask(manager, 'POST', `/studies/${study}/runs`, {});
    const again = await ask(actuary, 'POST', `/studies/${study}/runs`, {});

    expect(first).toMatchObject({ status: 202, body: { unchanged: false, job: null } });
    expect(again.body).toMatchObject({ run: first.body.run, unchanged: true });
    expect(await savedStudy()).toBe(study);
  });

  it('answers in a sentence with its numbers, and as CSV and PDF in both languages', async () => {
    const study = await savedStudy({ question: '又一个问题' });
    await ask(manager, 'POST', `/studies/${study}/runs`, {});
    const { body } = await ask(actuary, 'GET', `/studies/${study}`);
    const csv = await ask(actuary, 'GET', `/studies/${study}/data?finding=1`);
    const pdf = await ask(actuary, 'GET', `/studies/${study}/report?language=en`);

    expect(body.run.result.words.zh).toContain('只能说明变化');
    expect(body.run.result.findings[0].report.n).toBe(84);
    expect(body.run).not.toHaveProperty('data');
    expect(csv.body.text.split('\r\n')).toHaveLength(84 + 2);
    expect(pdf.body.text.slice(0, 5)).toBe('%PDF-');
  });

  it('on the own records says that nothing can be computed before there is a second look, and never a number', async () => {
    const study = await savedStudy({ source: 'records' });
    await ask(manager, 'POST', `/studies/${study}/runs`, {});
    const { body } = await ask(manager, 'GET', `/studies/${study}`);

    expect(body.run.result.findings.map((one: { main: unknown }) => one.main)).toEqual([null, null]);
    expect(body.run.result.lossRatio.notComputable).not.toBeNull();
  });

  it('is refused with the rule when its design cannot carry it, or when its day lies ahead', async () => {
    const refused = async (over: object) => (await ask(manager, 'POST', '/studies', { ...asked, source: panel, asOf, ...over })).body.code;

    expect(await refused({ design: 'did' })).toBe('control-group-needed');
    expect(await refused({ metrics: Array.from({ length: 20 }, () => 'score') })).toBe('repeated-metric');
    expect(await refused({ metrics: ['time-to-repair'] })).toBe('metric-does-not-fit-design');
    expect(await refused({ asOf: '2099-01-01T00:00:00Z' })).toBe('data-cut-in-future');
    expect(await refused({ cohort: { ...everybody, startFrom: '2026-02-01', startUntil: '2026-01-01' } })).toBe('reversed-dates');
    expect(await refused({ cohort: { ...everybody, scoreFrom: 80, scoreUntil: 20 } })).toBe('reversed-scores');
    expect(await refused({ source: 'panel_00000000-0000-7000-8000-000000000000' })).toBe('not-found');
  });

  it('is run again by the worker when it is to be kept fresh, once a day', async () => {
    const study = await savedStudy({ question: '每天刷新', refresh: 'daily' });
    const actor = { user: 'system', name: 'system', organisation: 'org_insurer', organisationKind: 'insurer', roles: ['actuary'], via: 'system' } as const;
    const { output } = await system.world.runner.run(refreshStudies, { actor, input: {} });
    await expect.poll(async () => (await ask(manager, 'GET', `/studies/${study}`)).body.study.runs.length, { timeout: 20_000 }).toBe(1);
    const after = await system.world.runner.run(refreshStudies, { actor, input: {} });

    expect(output.jobs).toHaveLength(1);
    expect(after.output.jobs).toEqual([]);
  }, 30_000);

  it('is not computed twice at a time, and can be run again when its job failed for good', async () => {
    const study = await savedStudy({ question: '失败之后', refresh: 'daily' });
    const stuck = await system.world.runner.run(stall, { actor: asManager, input: { study } });
    const whileWaiting = await ask(manager, 'POST', `/studies/${study}/runs`, {});
    await expect.poll(async () => (await ask(manager, 'GET', `/jobs/${stuck.output}`)).body.state, { timeout: 20_000 }).toBe('failed');
    const afterwards = await ask(manager, 'POST', `/studies/${study}/runs`, {});

    expect(whileWaiting.body).toEqual({ run: null, job: stuck.output, unchanged: false });
    expect(afterwards.body.run).not.toBeNull();
  }, 30_000);

  it('is nobody else’s: neither an authority nor a firm can read it or write one', async () => {
    const study = await savedStudy();
    const owner = await system.enter('one@example.com');

    expect((await ask(officer, 'GET', `/studies/${study}`)).status).toBe(404);
    expect((await ask(owner, 'GET', `/studies/${study}`)).status).toBe(404);
    expect((await ask(owner, 'POST', '/studies', { ...asked, source: 'records', asOf })).status).toBe(403);
    expect((await ask(officer, 'GET', '/studies')).body.items).toEqual([]);
  });
});

describe('a study of somebody else', () => {
  const stranger: Actor = { ...asManager, user: 'usr_two', name: '丁', organisation: 'org_two' };
  const told = async (attempt: () => Promise<unknown>): Promise<string> => {
    try {
      await attempt();
      return 'answered';
    } catch (error) {
      const { kind, code, message } = error as { kind?: string; code?: string; message: string };
      return `${kind} ${code} ${message}`;
    }
  };
  const nowhere = '00000000-0000-7000-8000-000000000000';

  it('is to another insurer as if it were not there, in every operation', async () => {
    const study = await savedStudy({ question: '别家的研究' });
    const { run } = (await ask(manager, 'POST', `/studies/${study}/runs`, {})).body;
    const release = (await ask(manager, 'POST', `/studies/${study}/releases`, { authority: 'org_authority' })).body.id;
    const { query } = (await ask(manager, 'GET', `/studies/${study}`)).body.study;
    const absent = { study: study.replace(/[^_]+$/, nowhere), run: run.replace(/[^_]+$/, nowhere), release: release.replace(/[^_]+$/, nowhere) };
    const { source, versions: _, ...rest } = query;
    const own = (await system.world.runner.run(saveStudy, { actor: stranger, input: { ...rest, source: 'records', refresh: 'none' as const } })).output.id;
    const attempts = (ids: typeof absent, panel: string): (readonly [string, () => Promise<unknown>])[] => {
      const { runner } = system.world;
      const { cohort, control } = query;
      return [
        ['runStudy', () => runner.run(runSavedStudy, { actor: stranger, input: { study: ids.study } })],
        ['computeStudy', () => runner.run(computeStudy, { actor: stranger, input: { study: ids.study, asOf } })],
        ['getStudy', () => runner.run(getStudy, { actor: stranger, input: { study: ids.study } })],
        ['getStudy of a run', () => runner.run(getStudy, { actor: stranger, input: { study: own, run: ids.run } })],
        ['getStudyData', () => runner.run(getStudyData, { actor: stranger, input: { study: ids.study, finding: 0 } })],
        ['getStudyReport', () => runner.run(getStudyReport, { actor: stranger, input: { study: ids.study, language: 'zh' } })],
        ['proposeRelease', () => runner.run(proposeRelease, { actor: stranger, input: { study: ids.study, authority: 'org_authority' } })],
        ['approveRelease', () => runner.run(approveRelease, { actor: stranger, input: { release: ids.release } })],
        ['getRelease', () => runner.run(getRelease, { actor: stranger, input: { release: ids.release } })],
        ['previewCohort', () => runner.run(previewCohort, { actor: stranger, input: { source: panel, cohort, control, asOf } })],
        ['saveStudy', () => runner.run(saveStudy, { actor: stranger, input: { ...rest, source: panel, refresh: 'none' as const } })],
      ];
    };
    const foreign = attempts({ study, run, release }, source);
    const missing = attempts(absent, source.replace(/[^_]+$/, nowhere));

    for (const [at, [name, attempt]] of foreign.entries()) {
      const answer = await told(attempt);
      expect([name, answer]).toEqual([name, expect.stringMatching(/^absent not-found/)]);
      expect([name, answer]).toEqual([name, await told(missing[at]![1])]);
    }
    expect((await system.world.runner.run(listStudies, { actor: stranger, input: {} })).output.items.map(({ id }) => id)).toEqual([own]);
    expect((await system.world.runner.run(listReleases, { actor: stranger, input: {} })).output.items).toEqual([]);
  });
});

describe('a study of nobody', () => {
  it('says what could not be computed, on every page and in every file, and is not released', async () => {
    const study = await savedStudy({ question: '无人', cohort: { ...everybody, industries: ['no-such-industry'] } });
    const ran = await ask(manager, 'POST', `/studies/${study}/runs`, {});
    const { result } = (await ask(manager, 'GET', `/studies/${study}`)).body.run;

    expect(ran.status).toBe(202);
    expect(result.cohort).toMatchObject({ insured: 0, control: 0 });
    expect(result.words.zh).toContain('无法计算');
    expect(JSON.stringify(result)).not.toMatch(/NaN|Infinity/);
    expect((await ask(manager, 'GET', `/studies/${study}/report?language=zh`)).status).toBe(200);
    expect((await ask(manager, 'POST', `/studies/${study}/releases`, { authority: 'org_authority' })).body.code).toBe('too-few-firms');
  });
});

describe('a public summary', () => {
  it('needs a second person, and then the authority reads it and nothing else', async () => {
    const study = await savedStudy({ question: '公开的问题' });
    await ask(manager, 'POST', `/studies/${study}/runs`, {});
    const proposed = await ask(manager, 'POST', `/studies/${study}/releases`, { authority: 'org_authority' });
    const release = proposed.body.id;
    const before = await ask(officer, 'GET', `/releases/${release}`);
    const alone = await ask(manager, 'POST', `/releases/${release}/approval`, {});
    const approved = await ask(actuary, 'POST', `/releases/${release}/approval`, {});
    const read = await ask(officer, 'GET', `/releases/${release}`);

    expect(proposed.status).toBe(201);
    expect(before.status).toBe(404);
    expect(alone.body.code).toBe('second-person-needed');
    expect(approved.body.state).toBe('approved');
    expect(read.body.summary.words.zh).toContain('安全评分');
    expect(JSON.stringify(read.body)).not.toContain('invented_');
    expect((await ask(actuary, 'POST', `/releases/${release}/approval`, {})).body.code).toBe('already-approved');
  });

  it('says that the data are invented, when they are', async () => {
    const { items } = (await ask(actuary, 'GET', '/releases')).body;
    const latest = items.find((one: Json) => one.summary.question === '公开的问题');

    expect(latest.summary.invented).toBe(true);
  });

  it('is held when it differs from a released one by so few firms that the two give away their scores', { timeout: 120_000 }, async () => {
    const insuredFrom = async (scoreFrom: number) =>
      (await ask(manager, 'POST', '/cohort-preview', { source: panel, cohort: { ...everybody, scoreFrom }, control: { kind: 'none' }, asOf })).body.cohort
        .insured;
    let scoreFrom = 0;
    while ((await insuredFrom(scoreFrom)) === 84) scoreFrom += 0.5;
    const study = await savedStudy({ question: '少几家', cohort: { ...everybody, scoreFrom }, metrics: ['score'] });
    await ask(manager, 'POST', `/studies/${study}/runs`, {});
    const { status, body } = await ask(manager, 'POST', `/studies/${study}/releases`, { authority: 'org_authority' });

    expect(await insuredFrom(scoreFrom)).toBeGreaterThan(79);
    expect([status, body.code]).toEqual([422, 'too-close-to-released']);
  });

  it('is one, however many propose it at once, and is approved once, however many approve it at once', async () => {
    const study = await savedStudy({ question: '同时公开' });
    await ask(manager, 'POST', `/studies/${study}/runs`, {});
    const propose = () => ask(manager, 'POST', `/studies/${study}/releases`, { authority: 'org_authority' });
    const proposed = await Promise.all([propose(), propose(), propose()]);
    const approve = () => ask(actuary, 'POST', `/releases/${proposed[0].body.id}/approval`, {});
    const approved = await Promise.all([approve(), approve(), approve()]);

    expect(new Set(proposed.map(({ body }) => body.id)).size).toBe(1);
    expect(approved.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });

  it('is refused when its question, which is published as written, names a firm', async () => {
    const one = await savedStudy();
    await ask(manager, 'POST', `/studies/${one}/runs`, {});
    const firm = (await ask(manager, 'GET', `/studies/${one}/data?finding=0`)).body.text.split('\r\n')[1].split(',')[0];
    const study = await savedStudy({ question: `${firm} 投保后怎样？` });
    await ask(manager, 'POST', `/studies/${study}/runs`, {});
    const { status, body } = await ask(manager, 'POST', `/studies/${study}/releases`, { authority: 'org_authority' });

    expect([status, body.code]).toEqual([422, 'question-names-firm']);
  });

  it('is refused for a cohort of few firms', async () => {
    const study = await savedStudy({ question: '太少', cohort: { ...everybody, industries: ['healthcare'], sizes: ['micro'] } });
    await ask(manager, 'POST', `/studies/${study}/runs`, {});

    expect((await ask(manager, 'POST', `/studies/${study}/releases`, { authority: 'org_authority' })).body.code).toBe('too-few-firms');
  });
});

describe('the score of an earlier version of the rules', () => {
  const historyOf = async (cookie: string) =>
    (await ask(cookie, 'GET', '/own-history')).body.firms.find(({ name }: { name: string }) => name === '旧规则企业').history;

  it('is scored again on its own evidence, and left alone when that evidence is no longer whole', async () => {
    const owner = await system.enter('two@example.com');
    const actor = { ...asManager, user: 'usr_two', organisation: 'org_two', organisationKind: 'insured', roles: ['owner'] } as const;
    const { body } = await ask(owner, 'POST', '/assessments', { firm: { ...sampleFirm, name: '旧规则企业' } });
    const [before] = (await historyOf(owner)).observations;

    await system.world.runner.run(ageRules, { actor, input: { assessment: body.id, broken: false } });
    const [aged] = (await historyOf(owner)).observations;
    await system.world.runner.run(ageRules, { actor, input: { assessment: body.id, broken: true } });
    const [broken] = (await historyOf(owner)).observations;

    expect(before.rescored).toBeUndefined();
    expect(aged.score).toBe(before.score - 7);
    expect(aged.scoring).not.toBe(before.scoring);
    expect(aged.rescored).toEqual({ scoring: before.scoring, score: before.score, dimensions: before.dimensions });
    expect(broken.rescored).toBeUndefined();
  });
});

describe('what everybody with the permission reads', () => {
  it('is the pilot, number by number', async () => {
    const { body } = await ask(officer, 'GET', '/pilot');

    expect(body.firms).toBe(49);
    expect(body.findings.map((one: { id: string }) => one.id)).toContain('fix-rate-per-vulnerability');
  });

  it('is for a firm its own history', async () => {
    const owner = await system.enter('one@example.com');
    expect((await ask(owner, 'POST', '/assessments', { firm: sampleFirm })).status).toBe(201);
    const { body } = await ask(owner, 'GET', '/own-history');
    const other = await ask(await system.enter('two@example.com'), 'GET', '/own-history');

    expect(body.firms.map((one: { name: string }) => one.name)).toEqual(['示例甲企业']);
    expect(body.firms[0].history.observations).toHaveLength(1);
    expect(other.body.firms.map((one: { name: string }) => one.name)).not.toContain('示例甲企业');
    expect(getOwnHistory.who).toBe('study:read');
  });
});
