import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse as parseCsv } from 'csv-parse/sync';
import { parse } from 'yaml';
import { documented, until, useSystem, type Json, type Visitor } from '../../test/system.ts';

const demo = new URL('../../content/demo/', import.meta.url);
const yaml = (path: string): Json => parse(readFileSync(new URL(path, demo), 'utf8'));
const system = useSystem();
let officer: Visitor;
let owner: Visitor;
let software: Visitor;
let shop: Visitor;
let underwriter: Visitor;

const listOf = async (visitor: Visitor, what: string): Promise<Json[]> => {
  const { body } = await until(
    60,
    () => visitor.ask('GET', `/${what}`),
    ({ body: list }) => list.items.length > 0,
  );
  return body.items;
};

/** Assesses a firm that nothing insures yet, under a credit code of its own, with the files of a demo firm. */
async function assessAs(visitor: Visitor, folder: string, creditCode: string): Promise<string> {
  const firm = { ...yaml(`firms/${folder}/profile.yaml`), name: `示例申请补贴${creditCode}有限公司`, creditCode };
  const { body } = await visitor.ask('POST', '/assessments', { firm });
  const answers = await documented(visitor, body.id, yaml(`firms/${folder}/answers.yaml`));
  await visitor.ask('PUT', `/assessments/${body.id}/answers`, { version: body.version, answers });
  for (const name of readdirSync(new URL(`reports/${folder}/`, demo)).filter((one) => !one.endsWith('.md') && one.includes('.')))
    await visitor.send(`/assessments/${body.id}/reports`, name, new Uint8Array(readFileSync(new URL(`reports/${folder}/${name}`, demo))));
  await until(
    30,
    () => visitor.ask('GET', `/assessments/${body.id}`),
    ({ body: now }) => now.reports.every(({ state }: Json) => state !== 'reading'),
  );
  return body.id;
}

async function quoteFor(visitor: Visitor, assessment: string, folder: string): Promise<Json> {
  const submission = await visitor.ask('POST', '/submissions', { assessment, cover: yaml(`firms/${folder}/package.yaml`), insurer: null });
  return (await visitor.ask('POST', `/submissions/${submission.body.id}/quotes`, {})).body;
}

const keyed = (visitor: Visitor, path: string, body: unknown) => visitor.ask('POST', path, body, { 'idempotency-key': randomUUID() });

async function bind(visitor: Visitor, quote: string): Promise<Json> {
  const { body } = await visitor.ask('GET', '/papers');
  const now = new Date().toISOString();
  const acceptances = body.papers.map(({ id, hash }: Json) => ({ document: id, hash, openedAt: now, acceptedAt: now }));
  return (await keyed(visitor, `/quotes/${quote}/bind`, { acceptances })).body;
}

const ask = (visitor: Visitor, quote: string, scheme: string) =>
  keyed(visitor, `/quotes/${quote}/subsidy-applications`, { scheme, package: 'pine-standard', region: '示例港城' });

beforeAll(async () => {
  [officer, owner, software, shop, underwriter] = (await Promise.all(
    ['officer', 'owner', 'software', 'shop', 'underwriter'].map((one) => system.enter(`${one}@demo.example`)),
  )) as [Visitor, Visitor, Visitor, Visitor, Visitor];
  await listOf(shop, 'subsidy-applications');
}, 120_000);

const csvOf = async (path: string): Promise<string[][]> => parseCsv(Buffer.from((await officer.ask('GET', path)).bytes), { bom: true });
const fileOf = async (scheme: string): Promise<Json> => (await officer.ask('GET', '/subsidy-schemes')).body.schemes.find(({ id }: Json) => id === scheme);

describe('a budget at its edge', () => {
  it('is never overspent: what many ask for at the same time adds up to it at most, and no firm is subsidised twice', async () => {
    const [software1] = await listOf(software, 'assessments');
    const quotes = await Promise.all([
      quoteFor(software, software1!.id, 'software'),
      assessAs(owner, 'advisory', '91330200MA0001AA1Y').then((assessment) => quoteFor(owner, assessment, 'advisory')),
    ]);
    const gross = quotes.map(({ quote }) => quote.worksheet.premium.total as number);
    const [{ rate, capMinor }] = yaml('../subsidies/harbour-new-area-2026.yaml').tiers;
    const [first, other] = gross.map((minor) => Math.min(capMinor, Math.floor(minor * rate))) as [number, number];
    const budgetMinor = first + 1000;
    const opens = await Promise.all(Array.from({ length: 4 }, () => officer.ask('POST', '/subsidy-schemes', { scheme: 'harbour-new-area-2026', budgetMinor })));
    expect(opens.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    const opened = opens.find(({ status }) => status === 201)!;

    const answers = await Promise.all(
      Array.from({ length: 4 }, () => [ask(software, quotes[0].id, opened.body.id), ask(owner, quotes[1].id, opened.body.id)]).flat(),
    );

    const won = answers.filter(({ status }) => status === 201);
    const file = await fileOf(opened.body.id);
    const sum = won.reduce((total, { body }) => total + body.grant.subsidyMinor, 0);
    expect(quotes.map(({ state }) => state)).toEqual(['quoted', 'quoted']);
    expect(won).toHaveLength(2);
    expect(new Set(answers.filter(({ status }) => status !== 201).map(({ body }) => body.code))).toEqual(new Set(['not-subsidised']));
    expect(sum).toBe(Math.min(budgetMinor, first + other));
    expect([file.reservedMinor, file.leftMinor]).toEqual([sum, budgetMinor - sum]);
    for (const { body } of won)
      expect((await (body.applicant === 'org_demo_software' ? software : owner).ask('POST', `/subsidy-applications/${body.id}/withdrawal`, {})).status).toBe(
        200,
      );
    expect((await fileOf(opened.body.id)).reservedMinor).toBe(0);
  }, 120_000);
});

describe('a subsidised policy', () => {
  it('is paid in full to the insurer, by firm and authority together, and gives back its part when it ends early', async () => {
    const [application] = await listOf(shop, 'subsidy-applications');
    const { id, scheme, quote, grant } = application!;
    const before = await fileOf(scheme);
    const bound = await bind(shop, quote);
    const early = await underwriter.ask('GET', `/policies/${bound.id}/postings`);
    const approved = await keyed(officer, `/subsidy-applications/${id}/decision`, { decision: 'approved', reason: '材料齐全' });
    const late = await underwriter.ask('GET', `/policies/${bound.id}/postings`);
    const owed = (lines: Json[], account: string): number => lines.filter((one) => one.account === account).reduce((sum, one) => sum + one.amountMinor, 0);

    expect(approved.body).toMatchObject({ state: 'granted', policy: bound.id, grant: { policy: bound.policy.number } });
    expect(owed(early.body.postings, 'premium-receivable')).toBe(grant.premiumMinor);
    expect(owed(late.body.postings, 'subsidy-receivable')).toBe(grant.subsidyMinor);
    expect(owed(late.body.postings, 'premium-receivable') + owed(late.body.postings, 'subsidy-receivable')).toBe(grant.premiumMinor);
    expect((await fileOf(scheme)).leftMinor).toBe(before.leftMinor);

    const yuan = (minor: number): string => (minor / 100).toFixed(2);
    for (const [language, first, money] of [
      ['zh', ['补贴方案', '保单号'], '净补贴（元）'],
      ['en', ['Scheme', 'Policy'], 'Net (CNY)'],
    ] as const) {
      const [heads, ...rows] = await csvOf(`/subsidy-schemes/${scheme}/file?format=csv&language=${language}`);
      expect([heads!.slice(0, 2), heads!.at(-1)]).toEqual([first, money]);
      expect(rows).toHaveLength(1);
      expect(rows[0]!.slice(-4)).toEqual([grant.premiumMinor, grant.subsidyMinor, 0, grant.subsidyMinor].map(yuan));
      for (const id of [grant.scheme, grant.industry, grant.tier, grant.package]) expect(rows[0]).not.toContain(id);
    }

    const returned = await keyed(officer, `/subsidy-applications/${id}/claw-back`, { ends: grant.begins, reason: '提前退保' });
    const again = await keyed(officer, `/subsidy-applications/${id}/claw-back`, { ends: grant.begins, reason: '提前退保' });
    const after = await underwriter.ask('GET', `/policies/${bound.id}/postings`);
    expect(returned.body.returned.amountMinor).toBe(grant.subsidyMinor);
    expect(again.body.code).toBe('move-not-allowed');
    expect(owed(after.body.postings, 'premium-receivable')).toBe(grant.premiumMinor);
    expect((await fileOf(scheme)).leftMinor).toBe(before.leftMinor + grant.subsidyMinor);
  }, 60_000);
});

describe('one subsidy a year', () => {
  it('holds for a firm that corrects its credit code: its grant is of the firm that was priced, and no second one is given', async () => {
    const assessment = await assessAs(software, 'advisory', '91330200MA0001AA22');
    const open = (await officer.ask('GET', '/subsidy-schemes')).body.schemes.find(({ scheme }: Json) => scheme.id === 'harbour-new-area-2026');
    const { body: file } = await software.ask('GET', `/assessments/${assessment}`);
    const quote = await quoteFor(software, assessment, 'advisory');
    const rename = async (creditCode: string): Promise<void> => {
      const { body: now } = await software.ask('GET', `/assessments/${assessment}`);
      const saved = await software.ask('PUT', `/assessments/${assessment}/firm`, { version: now.version, firm: { ...now.firm, creditCode } });
      expect(saved.status).toBe(200);
    };
    await rename('91330200MA0001AA35');
    const first = await ask(software, quote.id, open.id);
    const { cover } = quote.quote;
    const other = { ...cover, retentionMinor: 2 * cover.retentionMinor };
    const { body: beside } = await software.ask('POST', `/submissions/${quote.submission}/offers`, { cover: other });
    const second = await ask(software, beside.id, open.id);

    expect(first.body).toMatchObject({ creditCode: file.firm.creditCode });
    expect(second.body).toMatchObject({ code: 'not-subsidised', errors: [{ code: 'already-subsidised' }] });
    await rename(file.firm.creditCode);
    await software.ask('POST', `/subsidy-applications/${first.body.id}/withdrawal`, {});
  }, 120_000);
});

describe('who may do what', () => {
  it('shows an application to firm, insurer and authority, and to nobody else', async () => {
    const [application] = await listOf(shop, 'subsidy-applications');
    const seen = await Promise.all([officer, shop, underwriter, software].map((one) => one.ask('GET', `/subsidy-applications?quote=${application!.quote}`)));

    expect(seen.map(({ body }) => body.items.length)).toEqual([1, 1, 1, 0]);
  });

  it('lets neither a firm decide nor another firm withdraw, and tells an outsider nothing', async () => {
    const [application] = await listOf(shop, 'subsidy-applications');
    const decided = await keyed(shop, `/subsidy-applications/${application!.id}/decision`, { decision: 'approved', reason: '' });
    const withdrawn = await software.ask('POST', `/subsidy-applications/${application!.id}/withdrawal`, {});
    const asked = await ask(software, application!.quote, application!.scheme);

    expect([decided.status, withdrawn.status, asked.status]).toEqual([403, 404, 404]);
  });

  it('opens a scheme once', async () => {
    const again = await officer.ask('POST', '/subsidy-schemes', { scheme: 'harbour-city-2026', budgetMinor: null });

    expect(again.body.code).toBe('scheme-already-open');
  });
});
