import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { desktop, type Visitor } from '../browser.ts';
import { useStory, type Story } from './story.ts';
import { inspect, settle, signIn, wordsOf } from './walk.ts';

/** A firm composes its cover and sees the price move, has part of the premium subsidised, binds, and reads the wording that it bound; the authority sees its budget fall. */
describe('cover', () => {
  const words = wordsOf.zh;
  const story = useStory();

  const enter = async (email: string): Promise<Visitor> => {
    const visitor = await story.open({ language: 'zh', ...desktop });
    await signIn(visitor.page, story, email, words);
    return visitor;
  };

  it('is composed with the price in sight, subsidised, bound and read', { timeout: 240_000 }, async () => {
    const officer = await enter('officer@demo.example');
    const before = await budgetOf(officer.page, story);
    const firm = await enter('software@demo.example');
    const { page } = firm;
    const quote = await compose(page, story);
    await inspect(firm, 'cover-1-quote');

    await page.getByRole('button', { name: new RegExp(words.subsidy.section.apply.split('{{')[0]!.trim()) }).click();
    await page.getByText(words.subsidy.section.applied).waitFor();

    await officer.page.goto(`${story.origin}/subsidies`);
    const row = officer.page.locator('table tbody tr', { hasText: '拾光' }).first();
    await row.getByRole('button').click();
    await officer.page.getByRole('button', { name: new RegExp(words.subsidy.console.approve.split('{{')[0]!.trim()) }).click();
    await officer.page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await budgetOf(officer.page, story)).toBeLessThan(before);
    await inspect(officer, 'cover-2-officer');

    await bind(page, story, quote);
    await page.getByText(words.subsidy.state.granted).first().waitFor();
    await page.locator('#wording .defined').first().click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('#wording details summary').last().click();
    expect(await page.locator('#wording').innerText()).toContain('3,000,000 元');
    await inspect(firm, 'cover-3-policy');
    await firm.context.close();
    await officer.context.close();
  });

  /** Raises the limit by hand and moves the retention by its slider; each moves the premium the way it must. Then submits. */
  async function compose(page: Page, { origin }: Story): Promise<string> {
    const assessment = await newest(page, 'assessments');
    await page.goto(`${origin}/apply/${assessment}/cover`);
    const chosen = page.locator('.packages input[type=radio]').first();
    await chosen.check();
    const first = await premiumAfter(page, null);
    await page.getByLabel(words.apply.limit, { exact: true }).fill('300 万');
    const wider = await premiumAfter(page, first);
    await page.getByRole('slider', { name: words.cover.compose.slide.replace('{{label}}', words.apply.retention), exact: true }).press('End');
    const retained = await premiumAfter(page, wider);
    expect(retained).toBeLessThan(wider);
    await page.goto(`${origin}/apply/${assessment}/confirm`);
    await page.getByRole('button', { name: words.apply.submit }).click();
    await page.waitForURL(/\/quotes\//);
    await page.locator('.figure-box .outcome-quoted').waitFor();
    await settle(page);
    return new URL(page.url()).pathname.split('/')[2]!;
  }

  async function bind(page: Page, { origin }: Story, quote: string): Promise<void> {
    await page.goto(`${origin}/quotes/${quote}/bind`);
    await page.locator('.paper').first().waitFor();
    for (const name of ['notice', 'terms', 'exclusions'] as const) {
      await page.getByRole('button', { name: `${words.bind.open} ${words.bind[name]}` }).click();
      await page.locator('.paper-end').scrollIntoViewIfNeeded();
      const tick = page.getByRole('checkbox', { name: words.bind.read.replace('{{document}}', words.bind[name]) });
      await expect.poll(() => tick.isEnabled()).toBe(true);
      await page.keyboard.press('Escape');
      await tick.check();
    }
    await page.getByLabel(words.bind.typeLabel.replace('{{phrase}}', words.bind.phrase)).fill(words.bind.phrase);
    await page.getByRole('button', { name: new RegExp(words.bind.submit.split('{{')[0]!.trim()) }).click();
    await page.waitForURL(/\/policies\//);
    await page.getByText(words.policy.justBound).waitFor();
  }
});

async function newest(page: Page, what: string): Promise<string> {
  const ask = () =>
    page.evaluate(async (list) => ((await (await fetch(`/api/${list}?limit=1`)).json()) as { items: { id: string }[] }).items[0]?.id ?? '', what);
  await expect.poll(ask, { timeout: 60_000 }).not.toBe('');
  return ask();
}

/** The premium drawn once it differs from the one before. */
async function premiumAfter(page: Page, before: number | null): Promise<number> {
  const drawn = page.locator('section[data-premium]:not(.stale)');
  let found: number | null = null;
  const isNew = async (): Promise<boolean> => {
    found = (await drawn.count()) === 0 ? null : Number(await drawn.getAttribute('data-premium', { timeout: 500 }).catch(() => null)) || null;
    return found !== null && found !== before;
  };
  await expect.poll(isNew, { timeout: 20_000 }).toBe(true);
  return found!;
}

async function budgetOf(page: Page, story: Story): Promise<number> {
  await page.goto(`${story.origin}/`);
  const ask = () =>
    page.evaluate(async () => {
      const { schemes } = (await (await fetch('/api/subsidy-schemes')).json()) as { schemes: { leftMinor: number; applications: unknown[] }[] };
      const [scheme] = schemes;
      return scheme && scheme.applications.length > 0 ? scheme.leftMinor : null;
    });
  await expect.poll(ask, { timeout: 60_000 }).not.toBe(null);
  return (await ask())!;
}
