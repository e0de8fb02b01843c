import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import type { Download, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { desktop, phone } from '../browser.ts';
import { useStory } from './story.ts';
import { inspect, settle, signIn, wordsOf } from './walk.ts';

describe('an assessment report', () => {
  const story = useStory();

  const downloaded = async (page: Page, click: () => Promise<void>): Promise<{ name: string; path: string }> => {
    const [download]: [Download, void] = await Promise.all([page.waitForEvent('download'), click()]);
    return { name: download.suggestedFilename(), path: await download.path() };
  };

  it('is made by the owner, signed by an assessor, confirmed publicly, and exposed when it was altered', { timeout: 180_000 }, async () => {
    const words = wordsOf.zh;
    const say = words.reports;
    const owner = await story.open({ language: 'zh', ...desktop });
    const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
    await signIn(owner.page, story, 'shop@demo.example', words);
    await owner.page.goto(`${story.origin}/assessments`);
    const list = await downloaded(owner.page, () => owner.page.getByRole('button', { name: /Excel/ }).first().click());
    expect(list.name).toMatch(/^评估列表-.*\.xlsx$/);
    expect(readFileSync(list.path).subarray(0, 2).toString()).toBe('PK');
    await owner.page.getByRole('rowheader').getByRole('link').first().click();
    await settle(owner.page);
    const address = owner.page.url();
    await button(owner.page, say.card.make).click();
    await owner.page.getByRole('dialog').getByRole('button', { name: say.card.make, exact: true }).click();
    await owner.page.getByText(say.card.unsigned, { exact: true }).waitFor();
    await owner.page.getByText(say.card.appointments, { exact: true }).click();
    await button(owner.page, say.card.appoint).click();
    await button(owner.page, say.card.revoke).waitFor();
    await owner.page.locator('.slopes').waitFor();
    await inspect(owner, 'report-owner-zh');

    const assessor = await story.open({ language: 'en', ...phone });
    const en = wordsOf.en.reports;
    await signIn(assessor.page, story, 'assessor@demo.example', wordsOf.en);
    await assessor.page.goto(address);
    await button(assessor.page, en.card.sign).click();
    await assessor.page.getByRole('dialog').getByLabel(en.card.statement).fill('No business with the firm.');
    await assessor.page.getByRole('dialog').getByRole('button', { name: en.card.sign, exact: true }).click();
    await assessor.page.getByRole('dialog').waitFor({ state: 'detached' });
    await assessor.page.getByRole('link', { name: new RegExp(en.card.signature) }).waitFor();
    await assessor.page.locator('.slopes').waitFor();
    await inspect(assessor, 'report-assessor-en');
    await assessor.context.close();

    await owner.page.reload();
    await settle(owner.page);
    const pdf = await downloaded(owner.page, () => owner.page.getByRole('link', { name: new RegExp(say.card.pdfZh) }).click());
    const code = await owner.page.locator('a[href^="/verify/"]').first().innerText();

    const stranger = await story.open({ language: 'zh', ...phone });
    await stranger.page.goto(`${story.origin}/verify`);
    await inspect(stranger, 'verify-zh');
    await stranger.page.getByLabel(say.verify.code).fill(code.toLowerCase().replaceAll('-', ' '));
    await button(stranger.page, say.verify.check).click();
    await stranger.page.getByText(/签名有效/).waitFor();
    const file = stranger.page.getByLabel(say.verify.file);
    await file.setInputFiles(pdf.path);
    await stranger.page.getByText(say.verify.same).waitFor();
    const altered = readFileSync(pdf.path);
    altered[altered.length >> 1]! ^= 1;
    const path = join(tmpdir(), 'riskloop-altered.pdf');
    writeFileSync(path, altered);
    await file.setInputFiles(path);
    await stranger.page.getByText(say.verify.other).waitFor();
    expect(await stranger.page.innerText('body')).not.toContain('示例橙舟电子商务有限公司');
    await inspect(stranger, 'verify-found-zh');
    await stranger.page.goto(`${story.origin}/verify/0000-0000-0000-0000-0000`);
    await stranger.page.getByText(say.verify.unknown).waitFor();
    await stranger.context.close();
    await owner.context.close();
  });
});
