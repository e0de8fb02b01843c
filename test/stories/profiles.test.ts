import { describe, expect, it } from 'vitest';
import { desktop, phone, type View } from '../browser.ts';
import { useStory } from './story.ts';
import { inspect, settle, wordsOf } from './walk.ts';

describe('the profile that an assessment is scored under', () => {
  const story = useStory();

  it('is explained and compared by the firm, and changed by its assessor, with the reason for all to read', { timeout: 240_000 }, async () => {
    const { profiles: say, reports } = wordsOf.zh;
    const { page, ...owner } = await story.enter('shop@demo.example');
    await page.goto(`${story.origin}/assessments`);
    await page.getByRole('rowheader').getByRole('link').first().click();
    await settle(page);
    const address = page.url();
    const section = page.locator('#profile');
    await section.getByText(/按“小微企业方案|按“通用方案/).waitFor();
    await section.getByLabel(say.look).selectOption('finance');
    await section.getByText(say.weights).waitFor();
    await section.getByText(/参考年保费（所选保障）不变/).waitFor();
    await section.scrollIntoViewIfNeeded();
    await inspect({ page, ...owner }, 'profile-owner-zh');
    expect(await section.getByRole('button', { name: /改用/ }).count()).toBe(0);
    await section.getByText(say.whoMay).waitFor();
    await section.getByRole('button', { name: wordsOf.zh.chart.table }).last().click();
    const points = await section.locator('table').last().locator('tbody tr td:last-child').allInnerTexts();
    const hundredths = points.map((text) => Math.round(100 * Number(text.replace('−', '-').replace('+', ''))));
    expect(hundredths.slice(0, -1).reduce((sum, one) => sum + one, 0)).toBe(hundredths.at(-1));
    await page.getByText(reports.card.appointments, { exact: true }).click();
    await page.getByRole('button', { name: reports.card.appoint, exact: true }).click();
    await page.getByRole('button', { name: reports.card.revoke, exact: true }).waitFor();

    const narrow: View = { language: 'en', ...phone };
    const assessor = await story.enter('assessor@demo.example', narrow);
    const en = wordsOf.en.profiles;
    await assessor.page.goto(address);
    await settle(assessor.page);
    const theirs = assessor.page.locator('#profile');
    await theirs.getByLabel(en.look).selectOption('finance');
    const change = theirs.getByRole('button', { name: 'Score under “Finance”' });
    await change.waitFor();
    await inspect(assessor, 'profile-assessor-en');
    await change.focus();
    await assessor.page.keyboard.press('Enter');
    const dialog = assessor.page.getByRole('dialog');
    const confirm = dialog.getByRole('button', { name: en.changeConfirm });
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByLabel(en.changeReason).fill('Takes deposits from its customers.');
    await inspect(assessor, 'profile-change-en');
    await confirm.click();
    await dialog.waitFor({ state: 'detached' });
    await theirs.getByText(/Scored under “Finance”: chosen by the assessor’s/).waitFor();
    await inspect(assessor, 'profile-changed-en');
    await assessor.context.close();

    await page.reload();
    await settle(page);
    await section.getByText('Takes deposits from its customers.').waitFor();
    await section.getByText(/按“金融业方案”计分：由评估机构/).waitFor();
    await page.goto(`${story.origin}/notices`);
    await page.getByText(/改按“金融业方案”计分/).waitFor();
    await inspect({ page, ...owner }, 'profile-notice-zh');
    await owner.context.close();
  });

  it('says what to do when the comparison fails, and keeps the choice', { timeout: 120_000 }, async () => {
    const { page, ...owner } = await story.enter('shop@demo.example', { language: 'zh', ...desktop });
    await page.goto(`${story.origin}/assessments`);
    await page.getByRole('rowheader').getByRole('link').first().click();
    await settle(page);
    await page.route('**/profile-comparisons', (route) =>
      route.fulfill({ status: 500, contentType: 'application/problem+json', body: '{"code":"internal","status":500}' }),
    );
    const section = page.locator('#profile');
    await section.getByLabel(wordsOf.zh.profiles.look).selectOption('manufacturing');
    await section.getByRole('alert').waitFor();
    await page.unroute('**/profile-comparisons');
    await section.getByRole('button', { name: wordsOf.zh.states.retry }).click();
    await section.getByText(wordsOf.zh.profiles.weights).waitFor();
    await owner.context.close();
  });
});
