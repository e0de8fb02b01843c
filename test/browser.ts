import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { chromium } from 'playwright-core';

/** A real Chromium for stories: the system's own when there is one, else the one that comes as an npm package. Nothing is downloaded. */

export const checkout = resolve(dirname(fileURLToPath(import.meta.url)), '..');
export const screenshots = join(checkout, '.cache', 'screenshots');

const systemBrowsers = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** For a closed network, and for rooms where Chromium's own sandbox cannot be set up. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--font-render-hinting=none',
];

/** The npm Chromium has no Chinese font: a fontconfig of our own points at the one that the documents use. Answers its path. */
function chineseFonts(): string {
  const cache = join(checkout, '.cache', 'fonts');
  mkdirSync(cache, { recursive: true });
  const noto = dirname(dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf')));
  const directories = ['400Regular', '500Medium', '600SemiBold', '700Bold'].map((weight) => `<dir>${join(noto, weight)}</dir>`).join('');
  const file = join(cache, 'fonts.conf');
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${directories}<dir>/usr/share/fonts</dir><cachedir>${cache}</cachedir></fontconfig>\n`,
  );
  return file;
}

async function executable(): Promise<{ path: string; args: string[] }> {
  const asked = process.env.CHROMIUM_PATH;
  const found = asked ?? systemBrowsers.find((path) => existsSync(path));
  if (found) return { path: found, args: flags };
  const { default: packaged } = await import('@sparticuz/chromium');
  return {
    path: await unpackedHere(() => packaged.executablePath()),
    args: [...packaged.args.filter((arg) => !arg.startsWith('--headless') && arg !== '--single-process' && arg !== '--no-zygote'), ...flags],
  };
}

/** The packaged browser unpacks itself into the folder for temporary files, where another user's copy would be in the way: it gets a folder of this checkout. */
async function unpackedHere(unpack: () => Promise<string>): Promise<string> {
  const usual = process.env.TMPDIR;
  process.env.TMPDIR = join(checkout, '.cache', 'browser');
  mkdirSync(process.env.TMPDIR, { recursive: true });
  try {
    return await unpack();
  } finally {
    if (usual === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = usual;
  }
}

/** Starts the browser, or throws an error that says what this machine lacks and what to do about it. */
export async function startBrowser(): Promise<Browser> {
  try {
    const { path, args } = await executable();
    return await chromium.launch({
      executablePath: path,
      args,
      headless: true,
      env: { ...process.env, FONTCONFIG_FILE: chineseFonts() } as Record<string, string>,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n').slice(0, 4).join(' ') : String(error);
    throw new Error(
      `浏览器无法启动，浏览器测试需要它。no browser could be started, and the browser stories need one: install Chromium, or libnss3 and libnspr4 for the packaged one, or set CHROMIUM_PATH. ${reason}`,
      { cause: error },
    );
  }
}

export interface View {
  readonly language: 'zh' | 'en';
  readonly width: number;
  readonly height: number;
  readonly shade?: 'light' | 'dark';
}

export const desktop = { width: 1440, height: 900 } as const;
export const phone = { width: 360, height: 780 } as const;

export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors of the page itself and addresses outside the origin that it asked for; both must stay empty. */
  readonly complaints: string[];
}

/** A fresh visitor (own cookies, own storage) who speaks `language`. Requests outside `origin` are refused and noted. */
export async function visit(browser: Browser, origin: string, view: View): Promise<Visitor> {
  const context = await browser.newContext({
    viewport: { width: view.width, height: view.height },
    locale: view.language === 'zh' ? 'zh-CN' : 'en-GB',
    timezoneId: 'Asia/Shanghai',
    colorScheme: view.shade ?? 'light',
    reducedMotion: 'reduce',
    acceptDownloads: true,
  });
  const complaints: string[] = [];
  await context.addInitScript((language) => localStorage.setItem('riskloop.language', language), view.language);
  await context.route(
    (url) => url.origin !== origin && url.protocol !== 'data:' && url.protocol !== 'blob:',
    (route) => {
      complaints.push(`outside request: ${route.request().url()}`);
      return route.abort();
    },
  );
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(`page error: ${error.message}`));
  page.on(
    'console',
    (message) => message.type() === 'error' && !/Failed to load resource/.test(message.text()) && complaints.push(`console: ${message.text()}`),
  );
  page.setDefaultTimeout(45_000);
  return { context, page, complaints };
}

/** Keeps a picture of the whole page under `.cache/screenshots`. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(screenshots, { recursive: true });
  await page.evaluate('document.fonts.ready.then(() => scrollTo(0, 0))');
  await page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: true });
}

const axeTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * Every violation that axe finds on the page as it is, as lines `rule: how many, first element`. The window is made as high as the page meanwhile: what
 * a bar that stays at the window's edge happens to cover can be scrolled free by a person, but not by axe.
 */
export async function axeViolations(page: Page): Promise<string[]> {
  const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const size = page.viewportSize()!;
  await page.setViewportSize({ width: size.width, height: Math.max(size.height, await page.evaluate<number>('document.documentElement.scrollHeight')) });
  // As a script of the page it would be refused by the content security policy; evaluating is not.
  await page.evaluate(source);
  const found = await runAxe(page);
  await page.setViewportSize(size);
  return found;
}

function runAxe(page: Page): Promise<string[]> {
  return page.evaluate(async (tags) => {
    const { axe } = window as unknown as {
      axe: { run(where: Document, options: object): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> };
    };
    const { violations } = await axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] });
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.length}, ${nodes[0]?.html.slice(0, 160)} (${nodes[0]?.failureSummary.split('\n')[1]?.trim() ?? ''})`,
    );
  }, axeTags);
}

/** Runs in the page, so it is text: what a compiler adds to functions does not exist there. */
const findClipped = `(() => {
  const scrolls = (element) => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX);
  const inScroller = (element) => { for (let at = element; at; at = at.parentElement) if (scrolls(at)) return true; return false; };
  const hidden = (element) => element.closest('.only-heard, [hidden], svg, dialog:not([open]), .skip, .chip input, thead, input') !== null || element.offsetParent === null;
  const cut = (element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0 && getComputedStyle(element).display !== 'inline' && getComputedStyle(element).overflowX !== 'visible';
  const all = [...document.querySelectorAll('body *')].filter((element) => element instanceof HTMLElement && !hidden(element) && !inScroller(element));
  return all.filter((element) => element.getBoundingClientRect().right > innerWidth + 1 || cut(element)).slice(0, 10)
    .map((element) => element.tagName.toLowerCase() + '.' + element.className + ' ' + (element.textContent ?? '').slice(0, 40));
})()`;

/** Elements whose text is cut off or that stick out of the window, each a line. Boxes that scroll on purpose are left out. */
export const clippedElements = (page: Page): Promise<string[]> => page.evaluate<string[]>(findClipped);
