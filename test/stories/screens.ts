import { it } from 'vitest';
import { desktop, phone, type View, type Visitor } from '../browser.ts';
import { useStory, type Story } from './story.ts';
import { inspect, settle } from './walk.ts';

/** Two of the four views of a language, so that both languages see each pair of width and theme once; ALL_VIEWS=1 looks at all four. */
function viewsIn(language: View['language']): View[] {
  const all = [desktop, phone].flatMap((size) => (['light', 'dark'] as const).map((shade) => ({ language, ...size, shade })));
  return process.env['ALL_VIEWS'] === '1' ? all : all.filter(({ width, shade }) => (language === 'en') === ((width === phone.width) !== (shade === 'dark')));
}

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

/**
 * Walks through every screen of the portal in one language. Each is free of axe violations, of cut-off text, of page errors and of outside requests, wide and
 * narrow, light and dark.
 */
export function walkScreens(language: View['language']): void {
  const views = viewsIn(language);
  const story = useStory();
  const walk = async (email: string, screens: readonly string[], name: string) => {
    const visitor = await story.enter(email, views[0]!);
    for (const screen of screens) {
      await open(visitor, story, screen);
      for (const view of views) await look(visitor, view, `${name}${screen.replace(/[^a-z]+/gi, '-')}`);
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
}

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
