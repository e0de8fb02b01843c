import { describe, expect, it } from 'vitest';
import { desktop, phone } from '../browser.ts';
import { useStory } from './story.ts';
import { inspect, signIn, wordsOf } from './walk.ts';

describe('own assets', () => {
  const story = useStory();

  it.each([
    ['zh', desktop, 'one.example.com'],
    ['en', phone, 'two.example.com'],
  ] as const)('are listed, shown how to prove, signed for and stopped, in %s', { timeout: 120_000 }, async (language, size, name) => {
    const visitor = await story.open({ language, ...size });
    const { page } = visitor;
    const words = wordsOf[language].assets;
    const button = (title: string) => page.getByRole('button', { name: title, exact: true });
    await signIn(page, story, 'shop@demo.example', wordsOf[language]);
    await page.goto(`${story.origin}/assets`);
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
