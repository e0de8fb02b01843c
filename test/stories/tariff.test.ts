import { describe, expect, it } from 'vitest';
import { desktop, phone, type Visitor } from '../browser.ts';
import { useStory } from './story.ts';
import { inspect, settle, signIn, wordsOf } from './walk.ts';

/** The tariff: an actuary edits a table and sees what it does to a book, a second person releases it. That the next quote after its day uses it is proved where the clock can be moved. */
describe('the tariff', () => {
  const story = useStory();

  const enter = async (email: string, language: 'zh' | 'en', size: { width: number; height: number }): Promise<Visitor> => {
    const visitor = await story.open({ language, ...size });
    await signIn(visitor.page, story, email, wordsOf[language]);
    return visitor;
  };

  it.each([
    ['zh', desktop, '2026.8', '2031-01-01', '0.0045'],
    ['en', phone, '2026.9', '2031-06-01', '0.005'],
  ] as const)('is edited, tried on a book and released by a second person, in %s', { timeout: 240_000 }, async (language, size, version, day, value) => {
    const words = wordsOf[language].tariff;
    const actuary = await enter('actuary@demo.example', language, size);
    const { page } = actuary;
    await page.goto(`${story.origin}/tariff`);
    await page.getByRole('button', { name: words.begin, exact: true }).click();
    await page.waitForURL(/\/tariff\/proposals\//);
    await page.getByLabel(words.version, { exact: true }).fill(version);
    await page.getByLabel(words.effectiveFrom, { exact: true }).fill(day);
    await page.getByLabel(words.titleZh, { exact: true }).fill('勒索频率上调');
    await page.getByLabel(words.titleEn, { exact: true }).fill('Ransomware more often');
    await page.getByLabel(words.why, { exact: true }).fill('Claims came more often than expected.');
    const cell = page.getByLabel(language === 'zh' ? '勒索攻击：基准年频率' : 'Ransomware: base yearly frequency', { exact: true });
    await cell.fill('-1');
    await page.locator('.tariff-cell-wrong').waitFor();
    await inspect(actuary, `tariff-draft-faults-${language}`);
    await cell.fill(value);
    await page.locator('.tariff-sources').getByRole('textbox').first().fill('Own claims 2024 to 2026, invented');
    await page.locator('.tariff-sources .field-wrong').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: words.try, exact: true }).click();
    await page.getByText(words.worst, { exact: true }).first().waitFor({ timeout: 60_000 });
    await inspect(actuary, `tariff-draft-tried-${language}`);
    await page.getByRole('button', { name: words.submit, exact: true }).click();
    await page.getByText(words.dislocationFrozen, { exact: true }).waitFor();
    expect(await page.getByRole('button', { name: words.release, exact: true }).count()).toBe(0);
    const address = page.url();
    await actuary.context.close();

    const manager = await enter('manager@demo.example', language, size);
    await manager.page.goto(address);
    await manager.page.getByRole('checkbox').check();
    await inspect(manager, `tariff-decide-${language}`);
    await manager.page.getByRole('button', { name: words.release, exact: true }).click();
    await manager.page.locator('.outcome-bound').waitFor();
    await manager.page.goto(`${story.origin}/tariff`);
    await settle(manager.page);
    await inspect(manager, `tariff-${language}`);
    expect(await manager.page.getByRole('row', { name: version }).first().innerText()).toContain(words.versionStates.coming);
    await manager.page.goto(`${story.origin}/tariff/versions/${version}`);
    await settle(manager.page);
    await manager.page.getByRole('button', { name: words.filingMake, exact: true }).click();
    await manager.page.getByText('parameters.csv').waitFor();
    await inspect(manager, `tariff-version-${language}`);
    await manager.context.close();
  });
});
