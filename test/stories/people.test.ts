import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { desktop, phone } from '../browser.ts';
import { useStory } from './story.ts';
import { inspect, settle, signIn, wordsOf, type Words } from './walk.ts';

describe('several people at one application', () => {
  const story = useStory();

  /** The newest assessment, once the demo world is in. */
  const newest = (page: Page): Promise<string> =>
    page.evaluate(async () => {
      for (;;) {
        const quotes = (await (await fetch('/api/quotes?limit=1')).json()) as { items: unknown[] };
        const { items } = (await (await fetch('/api/assessments?limit=1')).json()) as { items: { id: string }[] };
        if (items[0] && quotes.items.length > 0) return items[0].id;
        await new Promise((resolve) => setTimeout(resolve, 300));
      }
    });
  const letterLink = async (page: Page, words: Words): Promise<string> => {
    const letter = await page.getByLabel(words.people.letter, { exact: true }).inputValue();
    return /https?:\/\/\S+\/invitation#\S+/.exec(letter)![0];
  };

  it('lets an invited colleague answer one section on a phone, and shows the owner who answered', { timeout: 180_000 }, async () => {
    const owner = await story.open({ language: 'zh', ...desktop });
    const words = wordsOf.zh;
    await signIn(owner.page, story, 'shop@demo.example', words);
    const assessment = await newest(owner.page);
    await owner.page.goto(`${story.origin}/apply/${assessment}/questions`);
    await owner.page.locator('.part').nth(2).click();
    await owner.page.locator('.section-help summary').first().click();
    await owner.page.getByLabel(words.people.address, { exact: true }).fill('msp@service.example');
    await owner.page.getByRole('button', { name: words.people.assign, exact: true }).click();
    const link = await letterLink(owner.page, words);
    await inspect(owner, 'people-assign-zh');

    const guest = await story.open({ language: 'en', ...phone });
    const said = wordsOf.en.people;
    await guest.page.goto(link);
    await guest.page.getByLabel(said.yourName).fill('Li Ceshi');
    await inspect(guest, 'people-accept-en');
    await guest.page.getByLabel(said.password).fill('a long enough password');
    await guest.page.getByRole('button', { name: said.accept, exact: true }).click();
    await guest.page.waitForURL(/\/my-sections$/);
    await guest.page.locator('.people-list a').first().waitFor();
    await inspect(guest, 'people-my-sections-en');
    await guest.page.locator('.people-list a').first().click();
    const card = guest.page.locator('.question').first();
    await card.getByRole('radio', { name: wordsOf.en.answer.partly, exact: true }).check();
    await card.getByText(wordsOf.en.apply.coverageMissing).waitFor();
    await card.getByRole('radio', { name: '50%', exact: true }).check();
    expect(await card.getByText(wordsOf.en.apply.coverageMissing).count()).toBe(0);
    await card.getByLabel(new RegExp(`^${said.except.replace('…', '.')}`)).fill('warehouse staff');
    await card.locator('[data-proof]').setInputFiles({ name: 'training.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 invented') });
    await card.getByText('training.pdf').waitFor();
    await guest.page.getByText(new RegExp(wordsOf.en.states.saved.split(' ')[0]!)).waitFor();
    await inspect(guest, 'people-section-en');
    await guest.page.getByRole('button', { name: said.finish, exact: true }).click();
    await guest.page.locator('.note-good').waitFor();
    expect(await guest.page.evaluate(async (id) => (await fetch(`/api/assessments/${id}`)).status, assessment)).toBe(403);
    await guest.context.close();

    await owner.page.reload();
    await owner.page.locator('.part').nth(2).click();
    await owner.page.locator('.section-help li', { hasText: 'Li Ceshi' }).waitFor();
    await owner.page.goto(`${story.origin}/apply/${assessment}/confirm`);
    await owner.page.getByText('warehouse staff').waitFor();
    await inspect(owner, 'people-confirm-zh');
    await owner.page.goto(`${story.origin}/members`);
    await owner.page.getByRole('rowheader', { name: 'Li Ceshi' }).waitFor();
    await inspect(owner, 'people-members-zh');
    await owner.context.close();
  });

  it('puts together what two people changed, and asks only where both changed one answer', { timeout: 120_000 }, async () => {
    const visitor = await story.open({ language: 'en', ...desktop });
    const { page } = visitor;
    const words = wordsOf.en;
    await signIn(page, story, 'maker@demo.example', words);
    const assessment = await newest(page);
    await page.goto(`${story.origin}/apply/${assessment}/questions`);
    await page.locator('.question').nth(1).waitFor();
    await settle(page);
    const [first, second] = await page.locator('.question').evaluateAll((cards) => cards.slice(0, 2).map(({ id }) => id));
    await page.evaluate(
      async ([id, both, theirs]) => {
        const record = (await (await fetch(`/api/assessments/${id}`)).json()) as {
          version: number;
          answers: { questionnaire: string; answers: Record<string, object> };
        };
        const said = (value: string) => ({ value, coverage: null, kind: 'self-declared', on: '2026-11-20', until: null, note: '' });
        const answers = { ...record.answers, answers: { ...record.answers.answers, [both!]: said('no'), [theirs!]: said('unknown') } };
        await fetch(`/api/assessments/${id}/answers`, {
          method: 'PUT',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ version: record.version, answers }),
        });
      },
      [assessment, first, second],
    );

    await page.locator('.question').first().locator('summary', { hasText: words.apply.note }).click();
    await page.locator('.question').first().locator('textarea').first().fill('as decided in March');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    expect(await dialog.locator('.merge > li').count()).toBe(1);
    await inspect(visitor, 'people-merge-en');
    await dialog.getByRole('radio', { name: words.people.merge.mine }).check();
    await dialog.getByRole('button', { name: words.people.mergeDone }).click();
    await dialog.waitFor({ state: 'detached' });

    const answers = () =>
      page.evaluate(
        async (id) =>
          ((await (await fetch(`/api/assessments/${id}`)).json()) as { answers: { answers: Record<string, { value: string; note: string }> } }).answers.answers,
        assessment,
      );
    await expect.poll(async () => (await answers())[first!]!.note).toBe('as decided in March');
    expect((await answers())[second!]!.value).toBe('unknown');
    await visitor.context.close();
  });
});
