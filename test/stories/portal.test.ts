import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { desktop } from '../browser.ts';
import { useStory } from './story.ts';
import { settle, signIn, wordsOf } from './walk.ts';

describe('the portal', () => {
  const story = useStory();

  it('says what is missing when the server is away, and keeps the page', { timeout: 120_000 }, async () => {
    const visitor = await story.open({ language: 'zh', ...desktop });
    const { page } = visitor;
    await signIn(page, story, 'shop@demo.example', wordsOf.zh);
    await page.route('**/api/assessments?**', (route) => route.abort());
    await page.getByRole('link', { name: wordsOf.zh.places.assessments }).first().click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).toContain(wordsOf.zh.problems.offline.happened);
    await visitor.context.close();
  });

  it('can be driven by keyboard alone', { timeout: 120_000 }, async () => {
    const visitor = await story.open({ language: 'zh', ...desktop });
    const { page } = visitor;
    await signIn(page, story, 'shop@demo.example', wordsOf.zh);
    await settle(page);
    await page.keyboard.press('g');
    await page.keyboard.press('q');
    await page.waitForURL(/\/quotes$/);
    await page.locator('.table-opens tbody a').first().waitFor();
    await page.keyboard.press('/');
    expect(await focused(page)).toBe(wordsOf.zh.lists.filter);
    await page.keyboard.press('Tab');
    await page.locator('main').focus();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/quotes\/quote_/);
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await visitor.context.close();
  });
});

const focused = (page: Page): Promise<string> => page.evaluate<string>("document.activeElement?.getAttribute('aria-label') ?? ''");
