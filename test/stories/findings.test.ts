import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { desktop, phone, type View, type Visitor } from '../browser.ts';
import { useStory } from './story.ts';
import { inspect, settle, signIn, wordsOf, type Words } from './walk.ts';

const profile: unknown = parse(readFileSync(new URL('../../content/demo/firms/advisory/profile.yaml', import.meta.url), 'utf8'));
const host = 'yunshan.example.com';

interface Weakness {
  readonly cve: string;
  readonly name: string;
}
const weaknesses: readonly Weakness[] = [
  { cve: 'CVE-2019-0101', name: 'Invented upload weakness' },
  { cve: 'CVE-2019-0102', name: 'Invented template weakness' },
  { cve: 'CVE-2019-0103', name: 'Invented session weakness' },
];
const unclaimed: Weakness = { cve: 'CVE-2019-0104', name: 'Invented cookie weakness' };

const reportOf = (found: readonly Weakness[], at: string): string =>
  JSON.stringify(
    found.map(({ cve, name }) => ({
      'template-id': cve,
      info: { name, severity: 'high', remediation: `Upgrade past ${cve}.`, classification: { 'cve-id': [cve] } },
      ...{ type: 'http', host: `https://${host}`, 'matched-at': `https://${host}/`, 'extracted-results': ['<script>alert(1)</script>'], timestamp: at },
    })),
    null,
    1,
  );

/** What a script of the firm would do over the API: the page's own session does it. */
const send = (page: Page, path: string, sent: { body?: unknown; report?: string }): Promise<{ id: string }> =>
  page.evaluate(
    async ({ path, body, report }) => {
      const form = new FormData();
      if (report !== undefined) form.append('file', new Blob([report]), 'scan.json');
      const headers: Record<string, string> = report === undefined ? { 'content-type': 'application/json' } : {};
      const response = await fetch(`/api${path}`, { method: 'POST', headers, body: report === undefined ? JSON.stringify(body) : form });
      if (!response.ok) throw new Error(await response.text());
      return (await response.json()) as { id: string };
    },
    { path, ...sent },
  );

async function handIn(page: Page, assessment: string, report: string): Promise<void> {
  await send(page, `/assessments/${assessment}/reports`, { report });
  await page.waitForFunction(
    async (id) =>
      ((await (await fetch(`/api/assessments/${id}`)).json()) as { reports: { state: string }[] }).reports.every(({ state }) => state !== 'reading'),
    assessment,
    { polling: 300 },
  );
}

describe('findings over time', () => {
  const story = useStory();

  const enter = async (email: string, words: Words, view: View): Promise<Visitor> => {
    const visitor = await story.open(view);
    await signIn(visitor.page, story, email, words);
    return visitor;
  };

  it.each([
    ['zh', desktop],
    ['en', phone],
  ] as const)('are claimed, re-scanned, disputed, decided and accepted by two people, in %s', { timeout: 240_000 }, async (language, size) => {
    const words = wordsOf[language];
    const view = { language, ...size };
    const owner = await enter('owner@demo.example', words, view);
    const { page } = owner;
    const fixes = async (query = '') => {
      await page.goto(`${story.origin}/assessments/${assessment}/fixes${query}`);
      await page.locator('.table-box').first().waitFor();
      await settle(page);
    };
    const rowOf = (on: Page, name: string) => on.getByRole('row').filter({ hasText: name });
    const dialog = page.getByRole('dialog');
    const { id: assessment } = await send(page, '/assessments', { body: { firm: profile } });
    await handIn(page, assessment, reportOf([...weaknesses, unclaimed], new Date(Date.now() - 86_400_000).toISOString()));

    await fixes();
    for (const { name } of weaknesses) await rowOf(page, name).getByRole('checkbox').check();
    await page.getByText(words.tracked.act['claim-fix'] + ' (3)').click();
    await dialog.getByLabel(words.tracked.note).fill('patched');
    await inspect(owner, `findings-claim-${language}`);
    await dialog.getByRole('button', { name: words.tracked.send }).click();
    await page.getByRole('status').filter({ hasText: words.tracked.undo }).waitFor();
    await page.locator('.tracked-fix-claimed').nth(2).waitFor();

    await handIn(page, assessment, reportOf([weaknesses[2]!], new Date().toISOString()));
    await fixes('?show=fixed');
    await page.locator('.tracked-fixed').nth(1).waitFor();
    expect(await page.locator('.tracked-fixed').count()).toBe(2);
    await fixes();
    await rowOf(page, unclaimed.name).getByText(words.tracked.silentMark).waitFor();
    await inspect(owner, `findings-list-${language}`);
    await page.getByRole('button', { name: words.tracked.silentShow }).click();
    await expect.poll(() => page.locator('.tracked-open').count()).toBe(1);
    await fixes();
    await page.getByRole('button', { name: weaknesses[2]!.name }).click();
    await dialog.getByText(words.tracked.panel.raw).first().click();
    await dialog.getByText('<script>alert(1)</script>').first().waitFor();
    await inspect(owner, `findings-panel-${language}`);

    await dialog.getByRole('button', { name: words.tracked.act.dispute }).click();
    await dialog.getByLabel(words.tracked.proof, { exact: true }).fill('The module is not loaded.');
    await dialog.getByLabel(words.tracked.proofFile).setInputFiles({ name: 'proof.txt', mimeType: 'text/plain', buffer: Buffer.from('configuration') });
    await inspect(owner, `findings-dispute-${language}`);
    await dialog.getByRole('button', { name: words.tracked.send }).click();
    await page.getByText(words.tracked.pending.dispute).first().waitFor();

    const assessor = await enter('assessor@demo.example', words, view);
    const bench = assessor.page;
    await bench.goto(`${story.origin}/decisions`);
    await inspect(assessor, `findings-queue-${language}`);
    await bench.getByRole('button', { name: weaknesses[2]!.name }).click();
    await bench.getByRole('dialog').getByText(words.tracked.decisions.proofFile).waitFor();
    await bench.getByRole('dialog').getByLabel(words.tracked.decisions.note).fill('Checked on the host.');
    await inspect(assessor, `findings-decide-${language}`);
    await bench.getByRole('dialog').getByRole('button', { name: words.tracked.decisions.uphold }).click();
    await bench.getByRole('dialog').waitFor({ state: 'detached' });
    await bench.goto(`${story.origin}/decisions?state=decided`);
    await rowOf(bench, weaknesses[2]!.name).first().getByText(words.tracked.decisions.outcome.upheld).waitFor();
    expect(await rowOf(bench, weaknesses[2]!.name).first().innerText()).toContain('→');
    await inspect(assessor, `findings-decided-${language}`);
    await assessor.context.close();

    await handIn(page, assessment, reportOf(weaknesses.slice(0, 2), new Date().toISOString()));
    await fixes();
    await page.getByText(words.tracked.reopened.replace('{{n}}', '1')).first().waitFor();
    const engineer = await enter('engineer@demo.example', words, view);
    const hands = engineer.page;
    await hands.goto(`${story.origin}/organisations`);
    await hands.getByRole('button', { name: /示例制造/ }).click();
    await hands.waitForURL((url) => url.pathname === '/');
    await hands.goto(`${story.origin}/assessments/${assessment}/fixes`);
    await rowOf(hands, weaknesses[0]!.name).getByRole('checkbox').check();
    await hands.getByText(words.tracked.act['accept-risk'] + ' (1)').click();
    await hands.getByRole('dialog').getByLabel(words.tracked.reason).fill('Replaced within the month.');
    const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    await hands.getByRole('dialog').getByLabel(words.tracked.until).fill(until);
    await hands.getByRole('dialog').getByRole('button', { name: words.tracked.send }).click();
    await hands.getByText(words.tracked.pending.acceptance).first().waitFor();
    await hands.goto(`${story.origin}/decisions`);
    await rowOf(hands, weaknesses[0]!.name).getByText(words.tracked.decisions.others['own-request']).waitFor();
    await engineer.context.close();

    await page.goto(`${story.origin}/decisions`);
    await page.getByRole('button', { name: weaknesses[0]!.name }).click();
    await dialog.getByLabel(words.tracked.decisions.note).fill('As agreed.');
    await dialog.getByRole('button', { name: words.tracked.decisions.grant }).click();
    await dialog.waitFor({ state: 'detached' });
    await fixes('?show=risk-accepted');
    expect(await page.getByText(until).count()).toBeGreaterThan(0);
    await page.goto(`${story.origin}/notices`);
    await inspect(owner, `findings-notices-${language}`);
    await owner.context.close();
  });

  it('are judged by rules that anybody can read', { timeout: 60_000 }, async () => {
    for (const view of [
      { language: 'zh', ...desktop },
      { language: 'en', ...phone },
    ] as const) {
      const visitor = await story.open(view);
      await visitor.page.goto(`${story.origin}/rules`);
      await visitor.page.getByRole('heading', { level: 1 }).filter({ hasText: /\d/ }).waitFor();
      await inspect(visitor, `rules-${view.language}`);
      await visitor.context.close();
    }
  });
});
