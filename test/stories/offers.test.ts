import { describe, expect, it } from 'vitest';
import { desktop, phone } from '../browser.ts';
import { useStory } from './story.ts';
import { inspect, wordsOf } from './walk.ts';

/** More than one offer on a case: the underwriter makes it, the firm compares and chooses. */
describe('several offers', () => {
  const story = useStory();
  const words = wordsOf.zh.workbench;
  const { enter } = story;

  it('stand side by side: the underwriter adds one with other terms, the firm compares the two and chooses', { timeout: 300_000 }, async () => {
    const owner = await enter('shop@demo.example', { language: 'en', ...phone });
    const first = await owner.page.evaluate(
      async () => ((await (await fetch('/api/quotes?limit=1')).json()) as { items: { id: string; submission: string }[] }).items[0]!,
    );
    const underwriter = await enter('underwriter@demo.example');
    const { page } = underwriter;
    await page.goto(`${story.origin}/underwriting/${first.submission}`);
    await page.getByText(words.anotherTerms).click();
    expect(await page.getByRole('button', { name: words.anotherMake }).isDisabled()).toBe(true);
    const form = page.locator('[data-another-offer]');
    await form.getByLabel(words.termRetention).fill('10 万');
    await form.getByLabel(words.termLimit, { exact: true }).fill('300 万');
    await form.getByText(/原为/).waitFor();
    await inspect(underwriter, 'offers-1-another-zh-1440');
    await page.getByRole('button', { name: words.anotherMake }).click();
    await page.getByRole('heading', { name: words.compare }).waitFor();
    await page.getByRole('button', { name: words.workOn.replace('{{n}}', '1') }).click();
    await inspect(underwriter, 'offers-2-compare-zh-1440');

    const inEnglish = wordsOf.en.workbench;
    await owner.page.goto(`${story.origin}/quotes/${first.id}`);
    await owner.page.getByText(inEnglish.offerShown).waitFor();
    await inspect(owner, 'offers-3-choose-en-360');
    await owner.page.getByRole('link', { name: inEnglish.chooseOffer.replace('{{n}}', '2') }).click();
    await owner.page.waitForURL((url) => url.pathname.startsWith('/quotes/') && !url.pathname.endsWith(first.id));
    await owner.page.getByText('3,000,000').first().waitFor();
    for (const { context } of [underwriter, owner]) await context.close();
  });

  it.each([
    { email: 'shop@demo.example', language: 'zh', view: desktop },
    { email: 'maker@demo.example', language: 'en', view: phone },
  ] as const)('are taken back by the firm with its reason, in $language', { timeout: 120_000 }, async ({ email, language, view }) => {
    const { quote, quoteState } = wordsOf[language];
    const owner = await enter(email, { language, ...view });
    const { page } = owner;
    const offer = await page.evaluate(async () => ((await (await fetch('/api/quotes?limit=1')).json()) as { items: { id: string }[] }).items[0]!.id);
    await page.goto(`${story.origin}/quotes/${offer}`);
    await page.getByRole('button', { name: quote.withdraw, exact: true }).click();
    const confirm = page.getByRole('button', { name: quote.withdrawConfirm });
    expect(await confirm.isDisabled()).toBe(true);
    await page.getByLabel(quote.withdrawReason).fill(language === 'zh' ? '今年先不投保' : 'Not this year');
    await inspect(owner, `offers-4-withdraw-${language}-${view.width}`);
    await confirm.click();
    await page.getByText(quoteState.withdrawn, { exact: true }).first().waitFor();
    await page.getByText(language === 'zh' ? '今年先不投保' : 'Not this year').waitFor();
    await inspect(owner, `offers-5-withdrawn-${language}-${view.width}`);
    await owner.context.close();
  });
});
