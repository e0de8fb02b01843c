import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { desktop, phone, type View, type Visitor } from '../browser.ts';
import { useStory, type Story } from './story.ts';
import { inspect, settle, signIn, wordsOf } from './walk.ts';

/** Every screen of the portal is free of axe violations, of cut-off text, of page errors and of outside requests, in both languages, wide and narrow, light and dark. */
describe('every screen', () => {
  const story = useStory();

  const all: View[] = (['zh', 'en'] as const).flatMap((language) =>
    [desktop, phone].flatMap((size) => (['light', 'dark'] as const).map((shade) => ({ language, ...size, shade }))),
  );
  /** Four of the eight views, in which each pair of language, width and theme occurs once; ALL_VIEWS=1 looks at all eight. */
  const paired = all.filter(({ language, width, shade }) => (language === 'en') === ((width === phone.width) !== (shade === 'dark')));
  const views = process.env['ALL_VIEWS'] === '1' ? all : paired;

  const firmScreens = [
    '/',
    '/organisations',
    '/security',
    '/assessments',
    '/assessments/{assessments}',
    '/assessments/{assessments}/fixes',
    '/assessments/{assessments}/exposure',
    '/assessments/{assessments}/balance',
    '/assessments/{assessments}/imports',
    '/apply/new/firm',
    '/apply/new/business',
    '/apply/{assessments}/assets',
    '/apply/{assessments}/questions',
    '/apply/{assessments}/cover',
    '/apply/{assessments}/confirm',
    '/quotes',
    '/quotes/{quotes}',
    '/quotes/{quotes}/bind',
    '/policies',
    '/wordings',
    '/responsibility',
    '/marketplace',
    '/assets',
    '/decisions',
    '/notices',
    '/journal',
    '/nowhere',
    '/quotes/quote_of_somebody_else',
  ];
  const insurerScreens = [
    '/',
    '/underwriting',
    '/submissions',
    '/submissions/{submissions}',
    '/quotes',
    '/quotes/{quotes}',
    '/policies',
    '/policies/{policies}',
    '/policies/{policies}/renewal',
    '/policies/{policies}/master',
    '/journal',
    '/tariff',
  ];

  describe.each(['zh', 'en'] as const)('in %s', (language) => {
    const own = views.filter((view) => view.language === language);
    const walk = async (email: string, screens: readonly string[], name: string) => {
      const visitor = await story.enter(email, own[0]!);
      for (const screen of screens) {
        await open(visitor, story, screen);
        for (const view of own) await look(visitor, view, `${name}${screen.replace(/[^a-z]+/gi, '-')}`);
      }
      await visitor.context.close();
    };

    it('holds for a firm', { timeout: 400_000 }, () => walk('shop@demo.example', firmScreens, 'firm'));
    it('holds for a firm that did not pass the gate', { timeout: 120_000 }, () =>
      walk('clinic@demo.example', ['/', '/assessments/{assessments}', '/assessments/{assessments}/fixes'], 'gate'),
    );
    it('holds for a firm that was declined', { timeout: 120_000 }, () => walk('water@demo.example', ['/quotes/{quotes}'], 'declined'));
    it('holds for an insurer', { timeout: 240_000 }, () => walk('manager@demo.example', insurerScreens, 'insurer'));
    it('holds for a firm with a policy', { timeout: 120_000 }, () =>
      walk('advisory@demo.example', ['/policies/{policies}/renewal', '/policies/{policies}/master'], 'insured'),
    );
    it('holds for an authority', { timeout: 120_000 }, () => walk('officer@demo.example', ['/', '/subsidies', '/impact'], 'authority'));
    it('holds for somebody who may see little', { timeout: 120_000 }, () => walk('engineer@demo.example', ['/', '/quotes', '/journal'], 'engineer'));
  });

  it('says what is missing when the server is away, and keeps the page', { timeout: 120_000 }, async () => {
    const visitor = await story.open({ language: 'zh', ...desktop });
    const { page } = visitor;
    await signIn(page, story, 'shop@demo.example', wordsOf.zh);
    await page.route('**/api/assessments?**', (route) => route.abort());
    await page.getByRole('link', { name: wordsOf.zh.places.assessments }).first().click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).toContain(wordsOf.zh.problems.offline.happened);
    await visitor.context.close();
  });

  it('can be driven by keyboard alone', { timeout: 120_000 }, async () => {
    const visitor = await story.open({ language: 'zh', ...desktop });
    const { page } = visitor;
    await signIn(page, story, 'shop@demo.example', wordsOf.zh);
    await settle(page);
    await page.keyboard.press('g');
    await page.keyboard.press('q');
    await page.waitForURL(/\/quotes$/);
    await page.locator('.table-opens tbody a').first().waitFor();
    await page.keyboard.press('/');
    expect(await focused(page)).toBe(wordsOf.zh.lists.filter);
    await page.keyboard.press('Tab');
    await page.locator('main').focus();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/quotes\/quote_/);
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await visitor.context.close();
  });
});

const focused = (page: Page): Promise<string> => page.evaluate<string>("document.activeElement?.getAttribute('aria-label') ?? ''");

/** Opens a screen, with `{assessments}` and the like standing for the newest record of that list. */
async function open({ page }: Visitor, story: Story, screen: string): Promise<void> {
  const list = /\{(\w+)\}/.exec(screen);
  const id =
    list &&
    (await page.evaluate(
      async (what) => ((await (await fetch(`/api/${what}?limit=1`)).json()) as { items: { id: string }[] }).items[0]?.id ?? 'none',
      list[1]!,
    ));
  await page.goto(story.origin + (list ? screen.replace(list[0], id!) : screen));
  await page.locator('h1').first().waitFor();
  await settle(page);
  if (screen.endsWith('{assessments}') || screen.endsWith('{quotes}')) await page.locator('.drawing svg').first().waitFor();
}

/** Looks at the open screen in another width and theme; it stays loaded, as when a window is made narrower and evening comes. */
async function look(visitor: Visitor, { language, width, height, shade }: View, name: string): Promise<void> {
  await visitor.page.setViewportSize({ width, height });
  await visitor.page.emulateMedia({ colorScheme: shade! });
  await inspect(visitor, `screens-${name}-${language}-${width}-${shade}`);
}
