import { z } from 'zod';
import { Day, Refusal, Text, dayOf } from '../domain/basics/index.ts';
import {
  Parameter,
  casesUnder,
  compareRatebooks,
  filedWaitingHours,
  layOutTables,
  limitFactors,
  listTariffs,
  makeFilingPack,
  tariffOn,
  waitingFactor,
  type RatebookTable,
  type TariffVersion,
} from '../domain/rating/index.ts';
import type { UnderwritingRules } from '../domain/underwriting/index.ts';
import type { Records, Stored } from '../io/interfaces.ts';
import type { Content } from './content.ts';
import { exportOf } from './exports.ts';
import { type Context, operation } from './operation.ts';
import { sheetsOf } from './ratebook-sheets.ts';
import { RatebookDifference, ratebookProposals, type ProposedRatebook } from './ratebook-record.ts';

/** What the tariff of an insurer depends on. */
type Asked = Pick<Context, 'content' | 'now' | 'deskOf'>;

/** Every version of an insurer's tariff, by its first day: those of the paper and those that the insurer released. */
export async function tariffsOf({ content, deskOf }: Asked, insurer: string): Promise<TariffVersion[]> {
  const released = await everyReleased(deskOf(insurer).records, insurer);
  return listTariffs(
    content.ratebooks,
    content.parameters,
    released.flatMap(({ id, body: { tariff } }) => (tariff === null ? [] : [{ proposal: id, tariff }])),
  );
}

/** Own releases only: what an insurer was granted to see of another's binds nobody here. */
async function everyReleased(records: Records, insurer: string): Promise<Stored<ProposedRatebook>[]> {
  const found: Stored<ProposedRatebook>[] = [];
  for (let after: string | null = null; ;) {
    const { items, next }: { items: readonly Stored<ProposedRatebook>[]; next: string | null } = await records.list(ratebookProposals, {
      where: { state: 'released' },
      after,
      limit: 200,
    });
    found.push(...items.filter(({ organisation }) => organisation === insurer));
    if (next === null) return found;
    after = next;
  }
}

/** The paper of an insurer with the ratebook that is in force today, in Beijing, and its numbers. */
export async function rulesOf(context: Asked, insurer: string): Promise<UnderwritingRules & Pick<Content, 'desk'>> {
  const { catalogue, assessmentBasis, guidelines, desk } = context.content;
  const { ratebook, parameters } = tariffOn(dayOf(context.now), await tariffsOf(context, insurer));
  return { catalogue, assessmentBasis, guidelines, desk, ratebook, parameters };
}

/** The paper that a price without a submission is made on: the insurer's own for its people, else that of the insurer who takes submissions that name none. */
export async function rulesForApplicant(context: Asked & Pick<Context, 'actor' | 'organisationsOf'>): Promise<UnderwritingRules> {
  if (context.actor.organisationKind === 'insurer') return rulesOf(context, context.actor.organisation);
  const [first] = await context.organisationsOf('insurer');
  if (first !== undefined) return rulesOf(context, first.id);
  const { content, now } = context;
  return { ...content, ...tariffOn(dayOf(now), listTariffs(content.ratebooks, content.parameters, [])) };
}

const RatebookSummary = z
  .strictObject({
    version: z.string(),
    title: Text,
    effectiveFrom: Day,
    /** In force until the day before; null: no later version is released. */
    until: Day.nullable(),
    state: z.enum(['past', 'in-force', 'coming']),
    origin: z.enum(['paper', 'release']),
    proposal: z.string().nullable(),
    hash: z.string(),
    parameters: z.int(),
    priors: z.int(),
  })
  .meta({ id: 'RatebookSummary' });

function summary(one: TariffVersion, versions: readonly TariffVersion[], today: Day): z.infer<typeof RatebookSummary> {
  const { version, title, effectiveFrom, origin, proposal, ratebook } = one;
  const next = versions[versions.indexOf(one) + 1];
  const state = one === tariffOn(today, versions) ? 'in-force' : effectiveFrom > today ? 'coming' : 'past';
  const priors = [...ratebook.parameters.values()].filter(({ provenance }) => provenance === 'J').length;
  return {
    ...{ version, title, effectiveFrom, origin, proposal, state },
    until: next?.effectiveFrom ?? null,
    hash: ratebook.hash,
    parameters: ratebook.parameters.size,
    priors,
  };
}

const ownTariffs = (context: Context): Promise<TariffVersion[]> => tariffsOf(context, context.actor.organisation);

export const listRatebooks = operation({
  name: 'listRatebooks',
  module: 'rating',
  summary: { zh: '费率版本', en: 'List every version of the own tariff with the days on which it is in force' },
  who: 'ratebook:read',
  input: z.strictObject({}),
  output: z.strictObject({ items: z.array(RatebookSummary), today: Day }),
  http: { method: 'GET', path: '/ratebooks', status: 200, body: 'json' },
  effect: 'read',
  run: async (context) => {
    const versions = await ownTariffs(context);
    const today = dayOf(context.now);
    return { items: versions.map((one) => summary(one, versions, today)).reverse(), today };
  },
});

export const exportRatebooks = exportOf(listRatebooks, {
  rows: ({ items }) => items,
  columns: [
    ['text', '版本', 'Version', ({ version }) => version],
    ['text', '名称', 'Title', ({ title }, language) => title[language]],
    ['text', '状态', 'State', ({ state }) => state],
    ['day', '生效日', 'First day', ({ effectiveFrom }) => effectiveFrom],
    ['day', '至（不含）', 'Until (excl.)', ({ until }) => until],
    ['text', '由来', 'From', ({ origin }) => origin],
    ['integer', '参数', 'Numbers', ({ parameters }) => parameters],
    ['integer', '先验', 'Priors', ({ priors }) => priors],
    ['text', '指纹', 'Hash', ({ hash }) => hash],
  ],
});

const byVersion = z.strictObject({ ratebook: z.string().max(100) });

function versionNamed(versions: readonly TariffVersion[], name: string): TariffVersion {
  const found = versions.find(({ version }) => version === name);
  if (found === undefined) throw new Refusal('absent', 'not-found', 'no such version of the ratebook', { ratebook: name });
  return found;
}

const RatebookTableView = z.strictObject({
  id: z.string(),
  columns: z.array(z.string()),
  rows: z.array(z.strictObject({ id: z.string(), keys: z.array(z.string().nullable()) })),
});
const FactorCurve = z.strictObject({ peril: z.string(), title: Text, points: z.array(z.strictObject({ at: z.number(), factor: z.number() })) });

export const RatebookView = z
  .strictObject({
    ...RatebookSummary.shape,
    tables: z.array(RatebookTableView),
    /** Every number of the version, by key, with the tables in which it stands. */
    numbers: z.array(z.strictObject({ ...Parameter.shape, usedIn: z.array(z.string()) })),
    /** Factors of the limit, relative to the lowest filed limit, at the reference firm. */
    limitFactors: z.array(FactorCurve),
    /** Factors of the waiting period in hours, for perils that interrupt. */
    waitingFactors: z.array(FactorCurve),
  })
  .meta({ id: 'RatebookView' });

function view(one: TariffVersion, versions: readonly TariffVersion[], today: Day): z.infer<typeof RatebookView> {
  const { ratebook } = one;
  const tables = layOutTables(ratebook.file, (word) => ratebook.parameters.has(word));
  return {
    ...summary(one, versions, today),
    tables: tables.map(({ id, columns, rows }) => ({ id, columns: [...columns], rows: rows.map((row) => ({ id: row.id, keys: [...row.keys] })) })),
    numbers: [...ratebook.parameters.values()].map((parameter) => ({ ...parameter, usedIn: tablesWith(parameter.key, tables) })),
    limitFactors: ratebook.file.perils.map((peril) => ({
      peril: peril.peril,
      title: peril.title,
      points: limitFactors(peril, ratebook).map(({ limit, factor }) => ({ at: limit, factor })),
    })),
    waitingFactors: ratebook.file.perils
      .filter(({ interruption }) => interruption !== null)
      .map((peril) => ({
        peril: peril.peril,
        title: peril.title,
        points: filedWaitingHours.map((hours) => ({ at: hours, factor: waitingFactor(peril, hours, ratebook) })),
      })),
  };
}

const tablesWith = (key: string, tables: readonly RatebookTable[]): string[] =>
  tables.filter(({ rows }) => rows.some(({ keys }) => keys.includes(key))).map(({ id }) => id);

export const getRatebook = operation({
  name: 'getRatebook',
  module: 'rating',
  summary: { zh: '查看费率版本', en: 'Read one version of the tariff: its tables, every number with its source, its factors' },
  who: 'ratebook:read',
  input: byVersion,
  output: RatebookView,
  http: { method: 'GET', path: '/ratebooks/{ratebook}', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { ratebook }) => {
    const versions = await ownTariffs(context);
    return view(versionNamed(versions, ratebook), versions, dayOf(context.now));
  },
});

export const compareRatebookVersions = operation({
  name: 'compareRatebookVersions',
  module: 'rating',
  summary: { zh: '比较费率版本', en: 'Say what differs between two versions of the tariff, number by number' },
  who: 'ratebook:read',
  input: byVersion.extend({ from: z.string().max(100) }),
  output: RatebookDifference,
  http: { method: 'GET', path: '/ratebooks/{ratebook}/difference/{from}', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { ratebook, from }) => {
    const versions = await ownTariffs(context);
    return RatebookDifference.parse(compareRatebooks(versionNamed(versions, from).ratebook, versionNamed(versions, ratebook).ratebook));
  },
});

export const FilingPackView = z.strictObject({
  version: z.string(),
  hash: z.string(),
  documents: z.array(z.strictObject({ name: z.string(), mediaType: z.enum(['text/csv', 'application/json']), text: z.string() })),
});

export const getRatebookFiling = operation({
  name: 'getRatebookFiling',
  module: 'rating',
  summary: { zh: '费率备案文件', en: 'Make the filing pack of a version: structure, register of parameters, factor tables, worked cases' },
  who: 'ratebook:read',
  input: byVersion,
  output: FilingPackView,
  http: { method: 'GET', path: '/ratebooks/{ratebook}/filing', status: 200, body: 'json' },
  effect: 'read',
  run: async (context, { ratebook: named }) => {
    const { ratebook } = versionNamed(await ownTariffs(context), named);
    const cases = casesUnder({ catalogue: context.content.catalogue, ratebook }, context.content.ratebookCases);
    return FilingPackView.parse(makeFilingPack(ratebook, cases));
  },
});

export const getRatebookWorkbook = operation({
  name: 'getRatebookWorkbook',
  module: 'rating',
  summary: { zh: '费率工作簿', en: 'The numbers, factors and worked cases of a version as one workbook' },
  who: 'ratebook:read',
  input: byVersion.extend({ language: z.enum(['zh', 'en']).default('zh') }),
  output: z.strictObject({ file: z.base64(), mediaType: z.string(), name: z.string() }),
  http: { method: 'GET', path: '/ratebooks/{ratebook}/workbook', status: 200, body: 'document' },
  effect: 'read',
  run: async (context, { ratebook: named, language }) => {
    const { ratebook } = versionNamed(await ownTariffs(context), named);
    const cases = casesUnder({ catalogue: context.content.catalogue, ratebook }, context.content.ratebookCases);
    const about: [Text, string][] = [
      [{ zh: '费率版本', en: 'Ratebook' }, ratebook.file.version],
      [{ zh: '生效日', en: 'First day' }, ratebook.file.effectiveFrom],
      [{ zh: '指纹', en: 'Hash' }, ratebook.hash],
    ];
    const { bytes, mediaType } = await context.spreadsheets.write({ format: 'xlsx', language, about, madeAt: context.now, sheets: sheetsOf(ratebook, cases) });
    return { file: Buffer.from(bytes).toString('base64'), mediaType, name: `ratebook-${named}-${language}.xlsx` };
  },
});

export const tariffOperations = [listRatebooks, exportRatebooks, getRatebook, compareRatebookVersions, getRatebookFiling, getRatebookWorkbook];
