import { describe, expect, it } from 'vitest';
import { desktop, phone } from '../browser.ts';
import { useStory } from './story.ts';
import { inspect, settle, wordsOf } from './walk.ts';

/** A policy opened to a park: the insurer opens it, the holder enrols by file, and a certificate is what a member shows. */
describe('a master policy', () => {
  const story = useStory();
  const { enter } = story;
  const csv = (...rows: string[]) => ({ name: 'members.csv', mimeType: 'text/csv', buffer: Buffer.from(['name,credit_code,limit,from', ...rows].join('\n')) });

  it('is opened, filled by a file whose faults are named first, and shown as certificates', { timeout: 240_000 }, async () => {
    const zh = wordsOf.zh.master;
    const en = wordsOf.en.master;
    const insurer = await enter('underwriter@demo.example', { language: 'zh', ...desktop });
    const policy = await insurer.page.evaluate(async () => ((await (await fetch('/api/policies?limit=1')).json()) as { items: { id: string }[] }).items[0]!.id);
    const address = `${story.origin}/policies/${policy}/master`;
    await insurer.page.goto(address);
    await insurer.page.getByLabel(zh.openName).fill('示例软件园');
    await insurer.page.getByLabel(zh.openLimit).fill('30 万');
    await inspect(insurer, 'master-1-open-zh-1440');
    await insurer.page.getByRole('button', { name: zh.openDo }).click();
    await insurer.page.getByText(zh.noCertificates).waitFor();

    const holder = await enter('advisory@demo.example', { language: 'en', ...phone });
    const { page } = holder;
    await page.goto(address);
    await page.getByLabel(en.file).setInputFiles(csv('Firm one,91330200MA0000HL2W,300000,', 'Firm two,123,1,'));
    await page.getByRole('heading', { name: en.faults }).waitFor();
    await inspect(holder, 'master-2-faults-en-360');
    expect(await page.getByRole('button', { name: /Enrol \d/ }).count()).toBe(0);
    await page.getByLabel(en.file).setInputFiles(csv('Firm one,91330200MA0000HL2W,300000,', 'Firm two,91330200MA0000YYAR,100000,'));
    await page.getByRole('button', { name: en.enrolDo.replace('{{n}}', '2') }).click();
    await page.getByRole('link', { name: 'Firm one' }).waitFor();
    await inspect(holder, 'master-3-enrolled-en-360');
    await page.getByRole('link', { name: 'Firm one' }).click();
    await page.getByText(en.certificateNote).waitFor();
    await inspect(holder, 'master-4-certificate-en-360');

    await insurer.page.goto(address);
    await insurer.page.getByLabel(zh.drawCertificate, { exact: true }).waitFor();
    await settle(insurer.page);
    await inspect(insurer, 'master-5-insurer-zh-1440');
    await insurer.page.getByRole('link', { name: 'Firm two' }).click();
    await insurer.page.getByText(zh.certificateNote).waitFor();
    await inspect(insurer, 'master-6-certificate-zh-1440');
    for (const { context } of [insurer, holder]) await context.close();
  });
});
