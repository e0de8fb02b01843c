import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { desktop, phone, type View } from '../browser.ts';
import { useStory, type Story } from './story.ts';
import { demoReport, inspect, settle, signIn, wordsOf, type Words } from './walk.ts';
import { minus } from '../../src/domain/notation/index.ts';

/** The main job, as a person does it: from signing in to holding the policy document, in both languages, with a real browser on the real server. */
describe('a firm gets its policy', () => {
  const story = useStory();

  const walks: { title: string; email: string; firm: string; view: View }[] = [
    { title: 'in Chinese, at a desk', email: 'owner@demo.example', firm: '示例青禾网络商店（虚构）', view: { language: 'zh', ...desktop } },
    { title: 'in English, on a phone', email: 'broker@demo.example', firm: 'Example Greenfield Shop (invented)', view: { language: 'en', ...phone } },
  ];

  it.each(walks)('$title', { timeout: 240_000 }, async ({ email, firm, view }) => {
    const words = wordsOf[view.language];
    const visitor = await story.open(view);
    const { page } = visitor;
    const see = (name: string) => inspect(visitor, `main-job-${name}-${view.language}-${view.width}`);

    await page.goto(story.origin);
    await page.getByRole('heading', { name: words.signIn.sentence }).waitFor();
    await see('1-sign-in');
    await signIn(page, story, email, words);
    await page.getByRole('link', { name: words.home.start }).first().waitFor();
    await see('2-home');

    await page.goto(`${story.origin}/apply/new/firm`);
    await tellAboutFirm(page, words, firm);
    await see('3-firm');
    await goOn(page, words, words.apply.businessSentence);
    await tellAboutBusiness(page, words);
    await see('4-business');
    await goOn(page, words, words.apply.assetsSentence);
    await handInReports(page, words);
    await see('5-assets-and-reports');
    await goOn(page, words, words.apply.questionsSentence);
    await answerEverything(page, words);
    await see('6-questionnaire');
    await goOn(page, words, words.apply.coverSentence);
    await page.locator('.aside .price').waitFor();
    await see('7-cover');

    await lookAtAssessment(page, story, words, see);
    await lookAtRepairs(page, words, see);

    await page.getByRole('link', { name: words.assessment.getQuote }).click();
    await goOn(page, words, words.apply.confirmSentence);
    await see('10-confirm');
    await page.getByRole('button', { name: words.apply.submit }).click();
    await page.waitForURL(/\/quotes\//);
    await page.locator('.figure-box .outcome-quoted').waitFor();
    await see('11-quote');
    await readWorksheet(page, words);

    await page.getByRole('link', { name: words.quote.bind }).click();
    await acceptDocuments(page, words);
    await see('12-acceptance');
    const quote = new URL(page.url()).pathname.split('/')[2]!;
    await page.getByRole('button', { name: new RegExp(words.bind.submit.split('{{')[0]!.trim()) }).click();
    await page.waitForURL(/\/policies\//);
    await page.getByText(words.policy.justBound).waitFor();
    await see('13-policy');

    expect(await bindAgain(page, quote)).toEqual({ status: 409, code: 'already-bound', policy: new URL(page.url()).pathname.split('/')[2] });
    for (const document of [words.policy.scheduleZh, words.policy.scheduleEn]) expect((await download(page, document)).subarray(0, 5).toString()).toBe('%PDF-');
    await visitor.context.close();
  });
});

/** Presses “next” and waits for the sentence of the step that follows. */
async function goOn(page: Page, words: Words, sentence: string): Promise<void> {
  await page.getByRole('button', { name: words.actions.next, exact: true }).click();
  await page.getByRole('heading', { name: sentence }).waitFor();
  await settle(page);
}

async function tellAboutFirm(page: Page, words: Words, firm: string): Promise<void> {
  await page.getByRole('button', { name: words.actions.next, exact: true }).click();
  await page.getByRole('alert').first().waitFor();
  await page.getByLabel(words.apply.name, { exact: true }).fill(firm);
  await page.getByLabel(words.apply.creditCode, { exact: true }).fill('91330100MA0000CH16');
  await page.getByText(words.apply.creditCodeWrong).first().waitFor();
  await page.getByLabel(words.apply.creditCode, { exact: true }).fill('');
  await page.getByLabel(words.apply.industry, { exact: true }).selectOption('retail');
  await page.getByLabel(words.apply.gbt4754, { exact: true }).fill('5292');
  await page.getByText(words.apply.gbt4754Wrong).first().waitFor();
  await page.getByLabel(words.apply.gbt4754, { exact: true }).fill('f 5292');
  await page.getByText(words.apply.gbt4754Wrong).first().waitFor({ state: 'detached' });
  await page.getByLabel(words.apply.employees, { exact: true }).fill('140');
}

async function tellAboutBusiness(page: Page, words: Words): Promise<void> {
  await page.getByLabel(words.apply.revenue, { exact: true }).fill('8,600 万');
  await page.getByLabel(words.apply.records, { exact: true }).fill('6.4 万');
  await page.getByLabel(words.apply.spend, { exact: true }).fill('180000');
  await page.getByLabel(words.apply.sellsOnline, { exact: true }).check();
}

/** Declares assets by pasting them, imports three good reports and one that is none, and confirms what could be read. */
async function handInReports(page: Page, words: Words): Promise<void> {
  await page.locator('textarea').first().fill('https://chengzhou.example.com/\n198.51.100.0/28, 10.20.0.0/16');
  await page.getByRole('button', { name: words.actions.add, exact: true }).click();
  await page.getByText('198.51.100.0/28', { exact: true }).waitFor();
  await page.getByText(new RegExp(words.states.saved.split(' ')[0]!)).waitFor();
  const step = page.url();
  await page.locator('[data-reports]').setInputFiles([demoReport('shop', 'nmap.xml'), demoReport('shop', 'perimeter.nessus'), demoReport('shop', 'zap.xml')]);
  await page.waitForURL(/\/imports\/import_/);
  await page.locator('.import-file').nth(2).waitFor();
  await page.locator('[data-reports]').setInputFiles({ name: 'holiday.xml', mimeType: 'text/xml', buffer: Buffer.from('<holiday><day>1</day></holiday>') });
  await page.locator('.import-refused').first().waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: words.imports.step.confirm }).click({ timeout: 60_000 });
  await page.getByRole('button', { name: words.imports.confirm, exact: true }).click();
  await page.getByRole('status').filter({ hasText: '3' }).first().waitFor();
  await page.goto(step);
  await page.locator('.job-read').nth(2).waitFor();
}

async function answerEverything(page: Page, words: Words): Promise<void> {
  const parts = page.locator('.part');
  const count = await parts.count();
  expect(count).toBeGreaterThan(2);
  for (let i = 0; i < count; i += 1) {
    await parts.nth(i).click();
    const questions = page.locator('.question');
    for (let q = 0; q < (await questions.count()); q += 1) await questions.nth(q).getByRole('radio', { name: words.answer.yes, exact: true }).check();
  }
  await page.getByText(new RegExp(words.states.saved.split(' ')[0]!)).waitFor();
}

async function lookAtAssessment(page: Page, story: Story, words: Words, see: (name: string) => Promise<void>): Promise<void> {
  const id = new URL(page.url()).pathname.split('/')[2]!;
  await page.goto(`${story.origin}/assessments/${id}`);
  await page.locator('.gauge').first().waitFor();
  await page.locator('.drawing svg').first().waitFor();
  await see('8-assessment');
  await page.locator('.table .row-open').first().click();
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.locator('.derive summary').nth(2).click();
  await page.getByRole('button', { name: words.chart.table }).first().click();
  await settle(page);
}

async function lookAtRepairs(page: Page, words: Words, see: (name: string) => Promise<void>): Promise<void> {
  await page.getByRole('link', { name: words.assessment.openFixes }).first().click();
  const choices = page.locator('tbody input[type=checkbox]');
  await choices.first().waitFor();
  const before = await page.locator('.what-if .side').first().innerText();
  await choices.first().check();
  await choices.nth(1).check();
  await page.locator('.what-if .price', { hasText: minus }).waitFor();
  await settle(page);
  expect(await page.locator('.what-if .side').first().innerText()).toBe(before);
  await see('9-fix-list');
}

/** Opens the steps of a peril and a parameter's source, and checks the sum that the page made. */
async function readWorksheet(page: Page, words: Words): Promise<void> {
  const amounts = await page.locator('.worksheet').first().locator('tbody td').allInnerTexts();
  const sum = amounts.reduce((total, text) => total + Math.round(Number(text.replace(/,/g, '')) * 100), 0);
  const stated = await page.locator('.worksheet').first().locator('tfoot tr').first().locator('td').innerText();
  expect(sum).toBe(Math.round(Number(stated.replace(/,/g, '')) * 100));
  await page.locator('.derive summary').first().click();
  await page.locator('.derive[open] .why summary').first().click();
  await page.getByText(words.worksheet.source).first().waitFor();
}

async function acceptDocuments(page: Page, words: Words): Promise<void> {
  await page.locator('.paper').first().waitFor();
  for (const name of ['notice', 'terms', 'exclusions'] as const) {
    const tick = page.getByRole('checkbox', { name: words.bind.read.replace('{{document}}', words.bind[name]) });
    expect(await tick.isDisabled()).toBe(true);
    await page.getByRole('button', { name: `${words.bind.open} ${words.bind[name]}` }).click();
    await page.locator('.paper-end').scrollIntoViewIfNeeded();
    await expect.poll(() => tick.isEnabled()).toBe(true);
    await page.keyboard.press('Escape');
    await tick.check();
  }
  const confirm = page.getByRole('button', { name: new RegExp(words.bind.submit.split('{{')[0]!.trim()) });
  expect(await confirm.isDisabled()).toBe(true);
  await page.getByLabel(words.bind.typeLabel.replace('{{phrase}}', words.bind.phrase)).fill(words.bind.phrase);
  await confirm.isEnabled();
}

/** What another device gets that binds the same quote a moment later. */
const bindAgain = (page: Page, quote: string) =>
  page.evaluate(async (id) => {
    const now = new Date().toISOString();
    const acceptances = ['notice', 'terms', 'exclusions'].map((document) => ({ document, hash: 'read elsewhere', openedAt: now, acceptedAt: now }));
    const response = await fetch(`/api/quotes/${id}/bind`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
      body: JSON.stringify({ acceptances }),
    });
    const problem = (await response.json()) as { code: string; facts: { policy: string } };
    return { status: response.status, code: problem.code, policy: problem.facts?.policy };
  }, quote);

async function download(page: Page, name: string): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()]);
  return readFileSync(await file.path());
}
