import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { desktop, phone, startBrowser, visit } from '../browser.ts';
import { startPortal, type Portal } from './portal.ts';
import { inspect, signIn, wordsOf } from './walk.ts';

describe('own assets', () => {
  let portal: Portal;
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
    portal = await startPortal();
  }, 200_000);
  afterAll(async () => {
    await browser?.close();
    await portal?.stop();
  });

  it.each([
    ['zh', desktop, 'one.example.com'],
    ['en', phone, 'two.example.com'],
  ] as const)('are listed, shown how to prove, signed for and stopped, in %s', { timeout: 120_000 }, async (language, size, name) => {
    const visitor = await visit(browser, portal.origin, { language, ...size });
    const { page } = visitor;
    const words = wordsOf[language].assets;
    const button = (title: string) => page.getByRole('button', { name: title, exact: true });
    await signIn(page, portal, 'shop@demo.example', wordsOf[language]);
    await page.goto(`${portal.origin}/assets`);
    await inspect(visitor, `assets-empty-${language}`);

    await page.getByLabel(words.names).fill(`${name}\n`);
    await button(words.add).click();
    await page.getByRole('rowheader', { name }).waitFor();
    await button(words.sign).click();
    await page.getByLabel(words.contact).fill('Wang Ceshi, 010-00000000');
    await page.getByLabel(words.signer).fill('Wang Ceshi, head of security');
    await inspect(visitor, `assets-sign-${language}`);
    await page.getByRole('dialog').getByRole('button', { name: words.sign, exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('row', { name }).getByRole('button', { name: words.prove }).click();
    expect(await page.getByRole('dialog').innerText()).toContain(`_insure-verify.${name}`);
    expect(await page.getByRole('dialog').getByRole('button', { name: words.check, exact: true }).count()).toBe(0);
    await inspect(visitor, `assets-prove-${language}`);
    await page.keyboard.press('Escape');
    await button(words.stop).click();
    await button(words.resume).waitFor();
    await inspect(visitor, `assets-${language}`);
    await button(words.resume).click();
    await button(words.stop).waitFor();
    await visitor.context.close();
  });
});
