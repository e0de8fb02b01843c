import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { Refusal } from '../../domain/basics/index.ts';
import { forbiddenTarget } from './reach.ts';
import { isForbiddenAddress } from './forbidden-address.ts';

/** The part of a resolver that probes use; tests give one of their own. */
export type NameServer = Pick<Resolver, 'resolve4' | 'resolve6' | 'resolveTxt' | 'resolveMx' | 'resolveCaa'>;

/** The resolver of this machine, with a short patience. */
export const systemNameServer = (): NameServer => new Resolver({ timeout: 3000, tries: 2 });

const nothingThere = new Set(['ENODATA', 'ENOTFOUND', 'NOTFOUND', 'NODATA']);

/** The records; an empty list when there are none; null when the question was not answered. */
export async function recordsOrNull<T>(question: Promise<readonly T[]>): Promise<readonly T[] | null> {
  return question.catch((error: NodeJS.ErrnoException) => (nothingThere.has(error.code ?? '') ? [] : null));
}

/**
 * All addresses that a name leads to, IPv4 first. Throws a Refusal `name-not-resolved`, or `target-forbidden` when even one of them is forbidden:
 * a name that leads partly inside is not asked which part was meant.
 */
export async function resolveAll(name: string, server: NameServer, allowForTests: ReadonlySet<string>): Promise<string[]> {
  const addresses = isIP(name) !== 0 ? [name] : await askAddresses(name, server);
  if (addresses.length === 0) throw new Refusal('rule', 'name-not-resolved', `\`${name}\` leads to no address`, { name });
  const barred = addresses.find((address) => isForbiddenAddress(address) && !allowForTests.has(address));
  if (barred !== undefined) throw forbiddenTarget(barred);
  return addresses.slice(0, 64);
}

async function askAddresses(name: string, server: NameServer): Promise<string[]> {
  const [four, six] = await Promise.all([recordsOrNull(server.resolve4(name)), recordsOrNull(server.resolve6(name))]);
  return [...new Set([...(four ?? []), ...(six ?? [])])];
}
