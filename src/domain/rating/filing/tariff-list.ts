import { z } from 'zod';
import type { Day, Text } from '../../basics/index.ts';
import { Parameter, Refusal, type ParameterSet } from '../../basics/index.ts';
import { RatebookFile, compileRatebook, type Ratebook } from '../ratebook.ts';

/** What a release froze: the whole ratebook and every number that it uses, so that it can be rebuilt whatever the content says later. */
export const FrozenTariff = z.strictObject({ file: RatebookFile, parameters: z.array(Parameter), hash: z.string() });
export type FrozenTariff = z.infer<typeof FrozenTariff>;

/** One version of an insurer's tariff: from the paper that it was given, or from a release of its own. */
export interface TariffVersion {
  readonly version: string;
  readonly title: Text;
  readonly effectiveFrom: Day;
  readonly origin: 'paper' | 'release';
  /** The proposal that was released; null for the paper. */
  readonly proposal: string | null;
  readonly ratebook: Ratebook;
  /** All numbers, with those of this version in their places. */
  readonly parameters: ParameterSet;
}

/** Everything a ratebook is, to be kept with its release. */
export const freezeTariff = ({ file, parameters, hash }: Ratebook): FrozenTariff => ({ file, parameters: [...parameters.values()], hash });

/**
 * All versions of an insurer, by their first day: those of the paper and those that it released itself. Where both begin on one day its own comes later in the list and is the one in
 * force.
 */
export function listTariffs(
  paper: readonly Ratebook[],
  parameters: ParameterSet,
  released: readonly { readonly proposal: string; readonly tariff: FrozenTariff }[],
): TariffVersion[] {
  const versions = [
    ...paper.map((ratebook): TariffVersion => versionOf(ratebook, parameters, null)),
    ...released.map(({ proposal, tariff }): TariffVersion => thaw(tariff, parameters, proposal)),
  ];
  return versions.sort((a, b) => byDay(a, b) || Number(a.origin === 'release') - Number(b.origin === 'release'));
}

const byDay = (a: TariffVersion, b: TariffVersion): number => (a.effectiveFrom < b.effectiveFrom ? -1 : Number(a.effectiveFrom > b.effectiveFrom));

const versionOf = (ratebook: Ratebook, parameters: ParameterSet, proposal: string | null): TariffVersion => ({
  version: ratebook.file.version,
  title: ratebook.file.title,
  effectiveFrom: ratebook.file.effectiveFrom,
  origin: proposal === null ? 'paper' : 'release',
  proposal,
  ratebook,
  parameters,
});

function thaw(tariff: FrozenTariff, parameters: ParameterSet, proposal: string): TariffVersion {
  const { ratebook, parameters: merged } = compiled(tariff, parameters);
  return versionOf(ratebook, merged, proposal);
}

type Compiled = Pick<TariffVersion, 'ratebook' | 'parameters'>;

/** The ratebooks rebuilt last, by what they were rebuilt from: their factor tables hang on them and are dear to make. */
const rebuilt = new Map<string, Compiled>();
const mostRebuilt = 16;

function compiled({ file, parameters: frozen, hash }: FrozenTariff, parameters: ParameterSet): Compiled {
  const key = `${hash} ${parameters.version}`;
  const known = rebuilt.get(key) ?? rebuild(file, frozen, parameters);
  rebuilt.delete(key);
  rebuilt.set(key, known);
  if (rebuilt.size > mostRebuilt) rebuilt.delete(rebuilt.keys().next().value!);
  return known;
}

function rebuild(file: RatebookFile, frozen: readonly Parameter[], parameters: ParameterSet): Compiled {
  const merged = { ...parameters, byKey: new Map([...parameters.byKey, ...frozen.map((parameter) => [parameter.key, parameter] as const)]) };
  return { ratebook: compileRatebook(file, merged), parameters: merged };
}

/** The version in force on a day: the last that has begun; before the first one begins, the first. The list must not be empty. */
export const tariffOn = (day: Day, versions: readonly TariffVersion[]): TariffVersion =>
  versions.findLast(({ effectiveFrom }) => effectiveFrom <= day) ?? versions[0]!;

/** What a new version must be built on: the last of the list, whether it has begun or not. */
export const lastTariff = (versions: readonly TariffVersion[]): TariffVersion => versions.at(-1)!;

/** Why a version cannot take effect as asked; null when it can. Quotes of a day are made on one tariff, so a version begins tomorrow at the earliest and after every other. */
export function releaseObstacle(
  asked: { readonly version: string; readonly effectiveFrom: Day },
  versions: readonly TariffVersion[],
  today: Day,
): { readonly code: 'version-taken' | 'effective-date-taken' | 'effective-date-past' | 'effective-date-before-latest'; readonly against: string } | null {
  const last = lastTariff(versions);
  if (versions.some(({ version }) => version === asked.version)) return { code: 'version-taken', against: asked.version };
  const sameDay = versions.find(({ effectiveFrom }) => effectiveFrom === asked.effectiveFrom);
  if (sameDay !== undefined) return { code: 'effective-date-taken', against: sameDay.version };
  if (asked.effectiveFrom <= today) return { code: 'effective-date-past', against: today };
  return asked.effectiveFrom < last.effectiveFrom ? { code: 'effective-date-before-latest', against: last.version } : null;
}

/**
 * Passes when the version may be released now. Throws a Refusal `version-taken`, `effective-date-taken`, `effective-date-past` (backdated, or today), `effective-date-before-latest`,
 * or `ratebook-changed-meanwhile` when it was built on another version than the last.
 */
export function requireReleasable(
  asked: { readonly version: string; readonly effectiveFrom: Day; readonly basedOn: string; readonly basedOnHash: string },
  versions: readonly TariffVersion[],
  today: Day,
): void {
  const { effectiveFrom, basedOn } = asked;
  const found = releaseObstacle(asked, versions, today);
  if (found !== null)
    throw new Refusal('rule', found.code, `ratebook ${asked.version} cannot take effect on ${effectiveFrom}: ${found.code} (${found.against})`, {
      effectiveFrom,
      against: found.against,
      today,
    });
  if (asked.basedOnHash === lastTariff(versions).ratebook.hash) return;
  throw new Refusal('conflict', 'ratebook-changed-meanwhile', 'another ratebook was released since: the proposal changes one that is no longer the last', {
    basedOn,
    last: lastTariff(versions).version,
  });
}
