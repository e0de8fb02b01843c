import { describe, expect, it } from 'vitest';
import { desktop, phone } from '../browser.ts';
import { useStory } from './story.ts';
import { inspect, settle, wordsOf } from './walk.ts';

/** A policy ended before its time: the insurer looks at what its ground would come to, and the insured ends it before cover begins. */
describe('the cancellation of a policy', () => {
  const story = useStory();

  it('is previewed by either side, confirmed by the insured, and then said everywhere', { timeout: 240_000 }, async () => {
    const [zh, en] = [wordsOf.zh.cancellation, wordsOf.en.cancellation];
    const holder = await story.enter('advisory@demo.example', { language: 'en', ...phone });
    const policy = await holder.page.evaluate(async () => ((await (await fetch('/api/policies?limit=1')).json()) as { items: { id: string }[] }).items[0]!.id);
    const address = `${story.origin}/policies/${policy}`;

    const insurer = await story.enter('underwriter@demo.example', { language: 'zh', ...desktop });
    await insurer.page.goto(address);
    await insurer.page.locator('summary', { hasText: zh.open }).click();
    await insurer.page.getByLabel(zh.ground, { exact: true }).selectOption('risk-increased');
    await insurer.page.getByRole('rowheader', { name: zh.lines.returned }).waitFor();
    await inspect(insurer, 'cancellation-1-insurer-zh-1440');

    const { page } = holder;
    await page.goto(address);
    await page.getByRole('link', { name: en.title, exact: true }).click();
    await page.getByLabel(en.ground, { exact: true }).selectOption('insured-request');
    await page.getByRole('rowheader', { name: en.lines.fee }).waitFor();
    await inspect(holder, 'cancellation-2-preview-en-360');
    expect(await page.getByRole('button', { name: en.do }).isDisabled()).toBe(true);
    await page.getByLabel(en.reason, { exact: true }).fill('The firm closes down');
    await page.getByRole('button', { name: en.do }).click();
    await page.getByRole('dialog').getByText('Cover never begins', { exact: false }).waitFor();
    await inspect(holder, 'cancellation-3-confirm-en-360');
    await page.getByRole('dialog').getByRole('button', { name: en.do }).click();
    await page.getByRole('heading', { name: en.policySentenceNever }).waitFor();
    await settle(page);
    await inspect(holder, 'cancellation-4-ended-en-360');
    expect(await page.locator('summary', { hasText: en.open }).count()).toBe(0);
    const notice = await page.evaluate(
      async (path) => (await fetch(path)).headers.get('content-type'),
      `/api/policies/${policy}/cancellation/notice?language=en`,
    );
    expect(notice).toContain('application/pdf');

    await insurer.page.goto(`${story.origin}/notices`);
    await insurer.page.getByText('投保人解除保单', { exact: false }).first().waitFor();
    await insurer.page.goto(address);
    await insurer.page.getByRole('heading', { name: zh.endedTitle }).waitFor();
    await settle(insurer.page);
    await inspect(insurer, 'cancellation-5-ended-zh-1440');
    for (const { context } of [insurer, holder]) await context.close();
  });
});
