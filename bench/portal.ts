import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { checkout, desktop, phone, startBrowser, visit } from '../test/browser.ts';

/**
 * How heavy and how quick the portal is, against a server that runs already: `PORTAL=http://127.0.0.1:8787 npx tsx bench/portal.ts`. Prints JSON lines.
 * The limits are the goals of the portal: at most 300 kB of compressed script at the first load, largest paint within 2 s.
 */
const origin = process.env['PORTAL'] ?? 'http://127.0.0.1:8787';
const say = (line: Record<string, unknown>): void => console.log(JSON.stringify({ bench: 'portal', ...line }));

const compressed = (path: string): number => gzipSync(readFileSync(join(checkout, 'dist', path))).length;

/** The scripts that the sign-in page asks for, and what they weigh when compressed. */
async function firstLoad(browser: Browser): Promise<void> {
  const { page, context } = await visit(browser, origin, { language: 'zh', ...desktop });
  const scripts: string[] = [];
  page.on('request', (request) => request.resourceType() === 'script' && scripts.push(new URL(request.url()).pathname.slice(1)));
  await page.goto(`${origin}/login`, { waitUntil: 'networkidle' });
  const kilobytes = scripts.reduce((sum, path) => sum + compressed(path), 0) / 1000;
  say({ what: 'script at first load', kilobytes: Number(kilobytes.toFixed(1)), files: scripts.length, limit: 300, drawingEngineLoaded: scripts.some((path) => path.includes('drawing')) });
  await context.close();
}

const largestPaint = (page: Page): Promise<number> =>
  page.evaluate<number>('new Promise((resolve) => new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime)).observe({ type: "largest-contentful-paint", buffered: true }))');

async function paint(browser: Browser, name: string, view: typeof desktop | typeof phone): Promise<void> {
  const times: number[] = [];
  for (let i = 0; i < 5; i += 1) {
    const { page, context } = await visit(browser, origin, { language: 'zh', ...view });
    await page.goto(`${origin}/login`, { waitUntil: 'networkidle' });
    times.push(await largestPaint(page));
    await context.close();
  }
  times.sort((a, b) => a - b);
  say({ what: 'largest paint of the sign-in page, cold', view: name, medianMs: Math.round(times[2]!), worstMs: Math.round(times[4]!), limitMs: 2000 });
}

const browser = await startBrowser();
await firstLoad(browser);
await paint(browser, 'desktop', desktop);
await paint(browser, 'phone', phone);
await browser.close();
