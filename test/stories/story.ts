import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { desktop, startBrowser, visit, type View, type Visitor } from '../browser.ts';
import { startPortal, type Portal } from './portal.ts';
import { signIn, wordsOf } from './walk.ts';

/** A portal with the demo world and a browser for the stories of one file, and the way in for its people. */
export interface Story {
  readonly origin: string;
  readonly password: string;
  /** Lets somebody come who has not signed in. */
  open(view: View): Promise<Visitor>;
  /** Signs somebody in, in Chinese at a desk unless told. */
  enter(email: string, view?: View): Promise<Visitor>;
}

/** Starts both before the stories of the surrounding block and ends them afterwards. */
export function useStory(): Story {
  let portal: Portal | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await startBrowser();
    portal = await startPortal();
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await portal?.stop();
  });
  const open = (view: View): Promise<Visitor> => visit(browser!, portal!.origin, view);
  return {
    get origin() {
      return portal!.origin;
    },
    get password() {
      return portal!.password;
    },
    open,
    enter: async (email, view = { language: 'zh', ...desktop }) => {
      const visitor = await open(view);
      await signIn(visitor.page, portal!, email, wordsOf[view.language]);
      return visitor;
    },
  };
}
