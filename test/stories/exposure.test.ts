import { describe, expect, it } from 'vitest';
import { desktop, phone } from '../browser.ts';
import { useStory } from './story.ts';
import { inspect, settle, signIn, wordsOf } from './walk.ts';

/** A firm looks at what it stands to lose, tries an outage and a breach, and lets measures and cover be chosen with its own costs. */
describe('exposure and balance', () => {
  const story = useStory();

  it.each([
    ['zh', desktop],
    ['en', phone],
  ] as const)('are worked out for a firm, in %s', { timeout: 240_000 }, async (language, size) => {
    const visitor = await story.open({ language, ...size });
    const { page } = visitor;
    const { riskExposure, balance } = wordsOf[language];
    await signIn(page, story, 'maker@demo.example', wordsOf[language]);
    const id = await page.evaluate(async () => ((await (await fetch('/api/assessments?limit=1')).json()) as { items: { id: string }[] }).items[0]!.id);
    await page.goto(`${story.origin}/assessments/${id}/exposure`);
    await page.locator('.hour-bars').waitFor();
    const said = page.locator('.chart', { has: page.locator('.hour-bars') }).locator('figcaption p');
    const before = await said.innerText();
    await page.getByLabel(riskExposure.outageHours, { exact: true }).fill('48');
    expect(await said.innerText()).not.toBe(before);
    await settle(page);
    await inspect(visitor, `exposure-${language}`);

    await page.goto(`${story.origin}/assessments/${id}/balance`);
    const cost = page.locator('.balance-cost').first();
    await cost.waitFor({ timeout: 60_000 });
    await settle(page);
    await cost.fill('9000000');
    await page.locator('[aria-busy="false"] .provenance').first().waitFor({ timeout: 60_000 });
    await page.getByText(balance.fair).first().waitFor({ timeout: 60_000 });
    await settle(page);
    expect(
      await page
        .getByRole('row')
        .filter({ has: page.locator('.balance-cost') })
        .first()
        .innerText(),
    ).toContain(balance.leave);
    await inspect(visitor, `balance-${language}`);
    await visitor.context.close();
  });
});
