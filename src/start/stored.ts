import type { Stored } from '../cli/index.ts';
import { readConfiguration } from './configuration.ts';
import { openWorld } from './world.ts';

/** Opens the stored world for one command: no door, no worker; what a command enqueues runs when the server does. */
export async function openStored(env: Readonly<Record<string, string | undefined>>, checkout: string): Promise<{ stored: Stored; close: () => Promise<void> }> {
  const world = await openWorld(readConfiguration(env, checkout), checkout, () => undefined);
  return { stored: world, close: () => world.close() };
}
