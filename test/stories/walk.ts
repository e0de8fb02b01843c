import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { en } from '../../web/texts/en.ts';
import { zh } from '../../web/texts/zh.ts';
import { axeViolations, checkout, clippedElements, picture, type Visitor } from '../browser.ts';
import type { Portal } from './portal.ts';

export const wordsOf = { zh, en } as const;
export type Words = typeof zh;

export const demoReport = (...path: string[]): string => join(checkout, 'content', 'demo', 'reports', ...path);

/** Signs in through the front door. */
export async function signIn(page: Page, portal: Pick<Portal, 'origin' | 'password'>, email: string, words: Words): Promise<void> {
  await page.goto(`${portal.origin}/login`);
  await page.getByLabel(words.signIn.email, { exact: true }).fill(email);
  await page.getByLabel(words.signIn.password, { exact: true }).fill(portal.password);
  await page.getByRole('button', { name: words.signIn.submit, exact: true }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/login'));
}

/** Waits until nothing is loading any more. */
export async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.locator('.loading, .chart-wait, .stale').first().waitFor({ state: 'detached' });
}

/** A screen must be free of axe violations, cut-off text, page errors and outside requests; its picture is kept. */
export async function inspect({ page, complaints }: Visitor, name: string): Promise<void> {
  await settle(page);
  await picture(page, name);
  expect.soft(await axeViolations(page), `axe on ${name}`).toEqual([]);
  expect.soft(await clippedElements(page), `cut-off elements on ${name}`).toEqual([]);
  expect.soft(complaints.splice(0), `complaints of the page on ${name}`).toEqual([]);
}
