import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { phone } from '../browser.ts';
import { useStory } from './story.ts';
import { inspect, settle, wordsOf } from './walk.ts';

/** The desk as its people use it: a straight-through case in three clicks, a referral in eight, a second signature, a condition that blocks and lets bind. */
describe('the underwriting desk', () => {
  const story = useStory();
  const words = wordsOf.zh.workbench;
  const maker = '示例恒轮精密制造股份有限公司';
  const { enter } = story;
  const counted = () => {
    let clicks = 0;
    return { click: async (target: Locator) => void ((clicks += 1), await target.click()), count: () => clicks };
  };

  it('clears a straight-through case in three clicks', { timeout: 240_000 }, async () => {
    const visitor = await enter('underwriter@demo.example');
    const { page } = visitor;
    await page.goto(`${story.origin}/underwriting?view=straight-through`);
    await page.locator('.table-opens tbody tr').first().waitFor();
    await inspect(visitor, 'workbench-1-straight-zh-1440');

    const { click, count } = counted();
    await click(page.locator('.table-opens tbody tr td.num').first());
    await settle(page);
    await inspect(visitor, 'workbench-2-preview-zh-1440');
    await click(page.getByRole('button', { name: words.release, exact: true }));
    await page.getByRole('dialog').waitFor();
    await click(page.getByRole('button', { name: words.releaseConfirm }));
    await page.getByText(words.released.replace('{{count}}', '1')).waitFor();

    expect(count()).toBe(3);
    await visitor.context.close();
  });

  it('refers one above its authority with conditions; the manager signs; the condition blocks and then lets bind', { timeout: 300_000 }, async () => {
    const underwriter = await enter('underwriter@demo.example');
    const { page } = underwriter;
    await page.goto(`${story.origin}/underwriting`);
    await page.locator('.table-opens tbody tr').first().waitFor();
    const { click, count } = counted();
    await click(page.getByRole('link', { name: maker }));
    await page.getByRole('heading', { name: words.facts, exact: true }).waitFor();
    await settle(page);
    await inspect(underwriter, 'workbench-3-case-zh-1440');
    await click(page.getByRole('checkbox', { name: /历史赔案资料/ }));
    await click(page.getByRole('checkbox', { name: /业务恢复演练/ }));
    await page.getByLabel(words.reason).first().fill('两起损失均已整改，恢复演练可补');
    await click(page.getByRole('button', { name: words.escalate, exact: true }));
    await page.getByText(words.proposal).first().waitFor();
    expect(count()).toBeLessThanOrEqual(8);
    const url = page.url();
    await page.getByRole('link', { name: wordsOf.zh.places.underwriting, exact: true }).first().click();
    await page.locator('.desk-preview').waitFor();

    const manager = await enter('manager@demo.example');
    await manager.page.goto(url);
    await manager.page.getByRole('button', { name: words.sign, exact: true }).waitFor();
    await settle(manager.page);
    await inspect(manager, 'workbench-4-proposal-zh-1440');
    await manager.page.getByRole('button', { name: words.sign, exact: true }).click();
    await manager.page.getByText(words.decided).first().waitFor();
    await inspect(manager, 'workbench-5-decided-zh-1440');
    await manager.page.getByRole('link', { name: wordsOf.zh.places.underwriting, exact: true }).first().click();
    await manager.page.locator('.desk-preview').waitFor();

    const owner = await enter('maker@demo.example');
    const quote = await owner.page.evaluate(async () => ((await (await fetch('/api/quotes?limit=1')).json()) as { items: { id: string }[] }).items[0]!.id);
    const bind = () =>
      owner.page.evaluate(async (id) => {
        const { papers } = (await (await fetch('/api/papers')).json()) as { papers: { id: string; hash: string }[] };
        const at = new Date().toISOString();
        const acceptances = papers.map(({ id: document, hash }) => ({ document, hash, openedAt: at, acceptedAt: at }));
        const answer = await fetch(`/api/quotes/${id}/bind`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
          body: JSON.stringify({ acceptances }),
        });
        return ((await answer.json()) as { code?: string; id?: string }).code ?? 'bound';
      }, quote);
    expect(await bind()).toBe('contingency-open');
    await owner.page.goto(`${story.origin}/quotes/${quote}`);
    await owner.page.getByLabel(words.handInText).last().fill('三年赔案说明见附件');
    await inspect(owner, 'workbench-6-applicant-zh-1440');
    await owner.page.getByRole('listitem').filter({ hasText: '历史赔案资料' }).getByRole('button', { name: words.handIn }).click();
    await owner.page.getByText(words.contingencyStates['handed-in']).waitFor();

    await page.goto(url);
    await page.getByRole('button', { name: words.accept, exact: true }).click();
    await page.getByText(words.contingencyStates.met).waitFor();
    expect(await bind()).toBe('bound');
    for (const { context } of [underwriter, manager, owner]) await context.close();
  });

  it('is read in English on a phone', { timeout: 120_000 }, async () => {
    const visitor = await enter('manager@demo.example', { language: 'en', ...phone });
    const { page } = visitor;
    await page.goto(`${story.origin}/underwriting?view=offered`);
    await page.locator('.table-opens tbody tr').first().waitFor();
    await inspect(visitor, 'workbench-7-list-en-360');
    await page.locator('.table-opens tbody a').first().click();
    await page.getByRole('heading', { name: wordsOf.en.workbench.facts, exact: true }).waitFor();
    await settle(page);
    await inspect(visitor, 'workbench-8-case-en-360');
    await visitor.context.close();
  });
});
