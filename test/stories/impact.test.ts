import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { desktop, phone, type View, type Visitor } from '../browser.ts';
import { useStory } from './story.ts';
import { inspect, settle, signIn, wordsOf, type Words } from './walk.ts';

/** What cover brings about, as an insurer's manager finds out: from the question to a summary that the authority reads. */
describe('an insurer asks what its cover brings about', () => {
  const story = useStory();

  const enter = async (email: string, view: View): Promise<Visitor> => {
    const visitor = await story.open(view);
    await signIn(visitor.page, story, email, wordsOf[view.language]);
    return visitor;
  };

  it('builds a cohort, runs a study, reads the sentence, downloads the report, and lets two people release a summary', { timeout: 240_000 }, async () => {
    const words = wordsOf.zh;
    const manager = await enter('manager@demo.example', { language: 'zh', ...desktop });
    const { page } = manager;
    await page.goto(`${story.origin}/impact`);
    await page.getByRole('link', { name: '投保是否提升安全水位？' }).waitFor();
    await inspect(manager, 'impact-1-list-zh-1440');

    await page.getByRole('link', { name: words.impact.newStudy }).click();
    await buildCohort(page, words);
    await inspect(manager, 'impact-2-builder-zh-1440');
    await page.getByRole('button', { name: words.impact.run, exact: true }).click();
    await page.waitForURL(/\/impact\/studies\//);
    const sentence = await page.locator('[data-answer]').innerText();
    expect(sentence).toContain('对照组');
    expect(sentence).toContain('估计效果');
    await inspect(manager, 'impact-3-study-zh-1440');
    await page.getByRole('button', { name: words.chart.table }).first().click();
    await page.locator('.chart-table .table').first().waitFor();

    expect((await download(page, words.impact.pdfZh)).subarray(0, 5).toString()).toBe('%PDF-');
    expect((await download(page, words.impact.csvNamed.replace('{{metric}}', '安全评分'))).toString()).toMatch(/^unit,group,period,value\r\n/);

    await page.getByRole('button', { name: words.impact.propose, exact: true }).click();
    await page.getByText(words.impact.proposed).waitFor();
    const study = page.url();
    await page.getByRole('link', { name: words.actions.open, exact: true }).click();
    await page.getByText(words.impact.approveNote).waitFor();
    const release = page.url();
    await approveAndRead(enter, { release, study, words });
    await manager.context.close();
  });

  it('reads curves, pilot and limits in English on a phone', { timeout: 240_000 }, async () => {
    const words = wordsOf.en;
    const actuary = await enter('actuary@demo.example', { language: 'en', ...phone });
    const { page } = actuary;
    await page.goto(`${story.origin}/impact`);
    await inspect(actuary, 'impact-4-list-en-360');
    await page.getByRole('link', { name: '投保企业修复漏洞是否更快？' }).click();
    await page.locator('.drawing svg').first().waitFor();
    expect(await page.locator('[data-answer]').innerText()).toMatch(/median \d+ days/);
    await inspect(actuary, 'impact-5-survival-en-360');
    await page.goto(`${story.origin}/impact/new`);
    await page.locator('.impact-preview [role=status]').waitFor();
    await inspect(actuary, 'impact-6-builder-en-360');

    await page.goto(`${story.origin}/impact/pilot`);
    await page
      .getByText('2/49 (4.1%) → 49/49 (100%)')
      .or(page.getByText(/2\/49.*→ 49\/49/))
      .first()
      .waitFor();
    expect(await page.getByText(words.impact.doesNotShow).count()).toBe(7);
    await inspect(actuary, 'impact-7-pilot-en-360');
    await actuary.context.close();
  });

  it.each([
    { language: 'en', ...desktop, shade: 'dark' },
    { language: 'zh', ...phone, shade: 'dark' },
  ] as const)('shows its pages in $language at $width in the dark', { timeout: 240_000 }, async (view) => {
    const visitor = await enter('manager@demo.example', view);
    const name = (screen: string) => `impact-12-${screen}-${view.language}-${view.width}-dark`;
    await visitor.page.goto(`${story.origin}/impact`);
    await inspect(visitor, name('list'));
    await visitor.page.getByRole('link', { name: '投保企业前后有什么变化？' }).click();
    await visitor.page.locator('[data-answer]').waitFor();
    await visitor.page.getByText(wordsOf[view.language].impact.ewma, { exact: true }).waitFor();
    await inspect(visitor, name('study'));
    await visitor.page.goto(`${story.origin}/impact/new`);
    await visitor.page.locator('.impact-preview [role=status]').waitFor();
    await inspect(visitor, name('builder'));
    await visitor.page.goto(`${story.origin}/impact/pilot`);
    await visitor.page.getByText(wordsOf[view.language].impact.doesNotShow).first().waitFor();
    await inspect(visitor, name('pilot'));
    await visitor.context.close();
  });

  it('shows each study in full, a firm its own history only, and says to others why they see nothing', { timeout: 240_000 }, async () => {
    const words = wordsOf.zh;
    const manager = await enter('manager@demo.example', { language: 'zh', ...desktop });
    for (const [name, question] of [
      ['paired', '投保企业前后有什么变化？'],
      ['claims', '哪类措施最能降低出险？'],
      ['survival', '投保企业修复漏洞是否更快？'],
    ] as const) {
      await manager.page.goto(`${story.origin}/impact`);
      await manager.page.getByRole('link', { name: question }).click();
      await manager.page.locator('[data-answer]').waitFor();
      await inspect(manager, `impact-8-${name}-zh-1440`);
    }
    await manager.context.close();

    const owner = await enter('advisory@demo.example', { language: 'zh', ...phone });
    await owner.page.goto(`${story.origin}/impact`);
    await owner.page.getByText(words.impact.ownNote).first().waitFor();
    await inspect(owner, 'impact-9-own-zh-360');
    await owner.context.close();

    const underwriter = await enter('underwriter@demo.example', { language: 'zh', ...desktop });
    await underwriter.page.goto(`${story.origin}/impact`);
    await underwriter.page.getByText(words.states.forbidden).waitFor();
    await inspect(underwriter, 'impact-10-forbidden-zh-1440');
    await underwriter.context.close();
  });
});

/** Chooses the invented panel, three industries and two metrics, and waits until the groups are there. */
async function buildCohort(page: Page, words: Words): Promise<void> {
  await page.getByRole('button', { name: words.impact.presetLevel }).click();
  const source = page.getByLabel(words.impact.source);
  await source.selectOption(await source.locator('option').nth(1).getAttribute('value'));
  await page.getByText(words.impact.invented, { exact: true }).waitFor();
  for (const industry of [words.industry.retail, words.industry.manufacturing, words.industry.services])
    await page.getByRole('checkbox', { name: industry }).check();
  await page.getByLabel(words.impact.question).fill('批发零售、制造和服务业企业投保后水位是否提升？');
  // Fewer than five firms could be computed from these: a summary with them would be refused.
  for (const metric of ['存在严重或高危漏洞的企业比例', '多因素认证覆盖率', '可恢复备份覆盖率']) await page.getByRole('checkbox', { name: metric }).uncheck();
  await page.locator('.impact-preview:not(.stale)', { hasText: words.impact.excluded }).waitFor();
  await settle(page);
}

async function approveAndRead(
  enter: (email: string, view: View) => Promise<Visitor>,
  { release, study, words }: { release: string; study: string; words: Words },
): Promise<void> {
  const actuary = await enter('actuary@demo.example', { language: 'zh', ...desktop });
  await actuary.page.goto(release);
  await actuary.page.getByRole('button', { name: words.impact.approve, exact: true }).click();
  await actuary.page.getByText(words.impact.releasedOn.split('{{')[0]!.trim()).first().waitFor();
  await actuary.context.close();

  const officer = await enter('officer@demo.example', { language: 'zh', ...desktop });
  await officer.page.goto(`${new URL(release).origin}/impact`);
  await officer.page.getByRole('link', { name: /批发零售/ }).click();
  await officer.page.getByText(words.impact.publicNote.split('{{')[0]!.trim()).waitFor();
  await inspect(officer, 'impact-11-released-zh-1440');
  await officer.page.goto(study);
  await officer.page.getByText(words.states.missing).waitFor();
  await officer.context.close();
}

async function download(page: Page, name: string): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()]);
  return readFileSync(await file.path());
}
