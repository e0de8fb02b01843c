import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { buildServer } from '../src/http/index.ts';
import { readConfiguration } from '../src/start/configuration.ts';
import { doorParts } from '../src/start/serve.ts';
import { openWorld } from '../src/start/world.ts';
import { checkout, desktop, phone, startBrowser, visit } from '../test/browser.ts';

/**
 * How heavy and how quick the portal is, on a server of its own or, with `PORTAL=http://…`, on one that runs already. Prints JSON lines.
 * The limits are the goals of the portal: at most 300 kB of compressed script at the first load, largest paint within 2 s.
 */
const say = (line: Record<string, unknown>): void => console.log(JSON.stringify({ bench: 'portal', ...line }));

const compressed = (path: string): number => gzipSync(readFileSync(join(checkout, 'dist', path))).length;

/** The scripts that the sign-in page asks for, and what they weigh when compressed. */
async function firstLoad(browser: Browser, origin: string): Promise<void> {
  const { page, context } = await visit(browser, origin, { language: 'zh', ...desktop });
  const scripts: string[] = [];
  page.on('request', (request) => request.resourceType() === 'script' && scripts.push(new URL(request.url()).pathname.slice(1)));
  await page.goto(`${origin}/login`, { waitUntil: 'networkidle' });
  const kilobytes = scripts.reduce((sum, path) => sum + compressed(path), 0) / 1000;
  say({
    what: 'script at first load',
    kilobytes: Number(kilobytes.toFixed(1)),
    files: scripts.length,
    limit: 300,
    drawingEngineLoaded: scripts.some((path) => path.includes('drawing')),
  });
  await context.close();
}

const largestPaint = (page: Page): Promise<number> =>
  page.evaluate<number>(
    'new Promise((resolve) => new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime)).observe({ type: "largest-contentful-paint", buffered: true }))',
  );

async function paint(browser: Browser, origin: string, name: string, view: typeof desktop | typeof phone): Promise<void> {
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

async function measure(origin: string): Promise<void> {
  const browser = await startBrowser();
  await firstLoad(browser, origin);
  await paint(browser, origin, 'desktop', desktop);
  await paint(browser, origin, 'phone', phone);
  await browser.close();
}

/** The real server in this process, on an empty database; it shares the machine's cores with the browser. */
async function onOwnServer(use: (origin: string) => Promise<void>): Promise<void> {
  if (!existsSync(join(checkout, 'dist', 'index.html'))) throw new Error('the portal is not built: run `npm start` once, or `npx vite build`');
  const home = mkdtempSync(join(tmpdir(), 'riskloop-bench-portal-'));
  chmodSync(home, 0o755);
  const world = await openWorld(readConfiguration({ DATA_DIR: home, DEMO: 'off', LOG_LEVEL: 'error' }, checkout), checkout, (error) =>
    console.error(String(error)),
  );
  const server = await buildServer(doorParts(world, checkout));
  await use(await server.listen({ host: '127.0.0.1', port: 0 }));
  await server.close();
  await world.close();
  rmSync(home, { recursive: true, force: true });
}

const given = process.env['PORTAL'];
await (given ? measure(given) : onOwnServer(measure));
