import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { desktop, phone } from '../browser.ts';
import { zipOf } from '../sites/zip.ts';
import { useStory } from './story.ts';
import { demoReport, inspect, signIn, wordsOf } from './walk.ts';

const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/octet-stream', buffer });
const bytesOf = (name: string): Buffer => readFileSync(demoReport('clinic', name));

/** A report of the general CSV shape in GBK, which does not say so. */
const gbkReport = Buffer.concat([
  Buffer.from('Date,Title,CweId,Url,Severity,Description,Mitigation,Impact,References,Active,Verified\n2026-01-01,'),
  Buffer.from([0xb7, 0xfe, 0xce, 0xf1, 0xc6, 0xf7]),
  Buffer.from(',307,https://www.elsewhere.example/,High,Text,,,,TRUE,TRUE\n'),
]);

describe('importing scanner reports', () => {
  const story = useStory();

  const newest = (page: Page): Promise<{ id: string; reports: number }> =>
    page.evaluate(async () => {
      // The demo world comes in while the server is up already.
      for (;;) {
        const { items } = (await (await fetch('/api/assessments?limit=1')).json()) as { items: { id: string; reports: number }[] };
        const quotes = (await (await fetch('/api/quotes?limit=1')).json()) as { items: unknown[] };
        if (items[0] && quotes.items.length > 0) return items[0];
        await new Promise((resolve) => setTimeout(resolve, 300));
      }
    });

  it.each([
    ['zh', desktop, 'maker@demo.example'],
    ['en', phone, 'shop@demo.example'],
  ] as const)(
    'shows everything before it counts, keeps a refused file apart and takes the rest in, in %s',
    { timeout: 180_000 },
    async (language, size, who) => {
      const visitor = await story.open({ language, ...size });
      const { page } = visitor;
      const words = wordsOf[language].imports;
      const button = (title: string) => page.getByRole('button', { name: title, exact: true });
      const next = () => button(wordsOf[language].actions.next).click();
      await signIn(page, story, who, wordsOf[language]);
      const before = await newest(page);
      await page.goto(`${story.origin}/assessments/${before.id}/imports`);
      await button(words.start).click();
      await page.waitForURL(/\/imports\/import_/);
      await page.locator('[data-reports]').setInputFiles([
        file(
          'second.zip',
          zipOf([
            { name: 'nmap.xml', content: bytesOf('after-repair/nmap.xml') },
            { name: 'notes.txt', content: 'nothing of a scanner' },
          ]),
        ),
        file('gbk.csv', gbkReport),
        file('empty.jsonl', Buffer.alloc(0)),
      ]);
      await page.locator('.import-refused').nth(1).waitFor({ timeout: 60_000 });
      await page.getByText(words.incomplete['empty-file']).waitFor();
      await page.locator('summary', { hasText: words.encoding }).first().click();
      await page.getByText('服务器').waitFor();
      await inspect(visitor, `imports-files-${language}`);
      await button(words.useEncoding.replace('{{encoding}}', words.encodingName.gb18030)).click();
      await expect.poll(() => page.locator('.import-refused').count(), { timeout: 60_000 }).toBe(2);

      await page.reload();
      await next();
      await page.getByRole('rowheader', { name: '服务器' }).waitFor();
      await inspect(visitor, `imports-preview-${language}`);
      expect((await newest(page)).reports).toBe(before.reports);
      await next();
      await page.getByLabel(words.rulingFor.replace('{{name}}', 'www.elsewhere.example')).selectOption('foreign');
      await button(words.saveRulings).click();
      await page.getByText(words.savedRulings).waitFor();
      await inspect(visitor, `imports-assets-${language}`);
      await next();
      await page.getByRole('rowheader', { name: '服务器' }).waitFor();
      await inspect(visitor, `imports-duplicates-${language}`);
      await next();
      await inspect(visitor, `imports-confirm-${language}`);
      await button(words.confirm).click();
      await page.getByRole('link', { name: words.toFixes }).waitFor();
      await inspect(visitor, `imports-done-${language}`);
      expect((await newest(page)).reports).toBe(before.reports + 3);
      await page.goto(`${story.origin}/assessments/${before.id}/imports`);
      await page.getByRole('rowheader', { name: 'second.zip › notes.txt' }).waitFor();
      await inspect(visitor, `imports-quarantine-${language}`);
      await visitor.context.close();
    },
  );
});
