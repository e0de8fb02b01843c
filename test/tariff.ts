import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { buildParameters, type Built, type ContentFile, type Parameter, type ParameterSet } from '../src/domain/basics/index.ts';
import { Peril, buildCatalogue, type Catalogue } from '../src/domain/catalogue/index.ts';
import type { FirmProfile } from '../src/domain/parties/index.ts';
import { buildRatebook, RatebookFile, compileRatebook, type Ratebook, type SecurityModifiers, type Tariff } from '../src/domain/rating/index.ts';

const root = resolve(fileURLToPath(new URL('..', import.meta.url)));

/** An absolute path of something in the repository. */
export const rootPath = (path: string): string => resolve(root, path);

/** The folders inside a folder of the repository. */
export const contentFolders = (folder: string): string[] =>
  readdirSync(rootPath(folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

/** The YAML files of a folder of the repository, parsed. */
export function contentFiles(folder: string): ContentFile[] {
  const names = readdirSync(resolve(root, folder)).filter((name) => name.endsWith('.yaml'));
  return names.sort().map((name) => ({ path: `${folder}/${name}`, data: parse(readFileSync(resolve(root, folder, name), 'utf8')) as unknown }));
}

function must<T>(result: Built<T>): T {
  if (result.value === null) throw new Error(result.problems.map(({ file, at, message }) => `${file} ${at}: ${message}`).join('\n'));
  return result.value;
}

/** The insurer's parameters, catalogue and ratebook as they lie in `content/`. */
export const parameters = (): ParameterSet => must(buildParameters(contentFiles('content/parameters')));
export const catalogue = (): Catalogue => must(buildCatalogue({ coverages: contentFiles('content/coverages'), packages: contentFiles('content/packages') }));
/** 2026.1 is priced from the model itself, 2026.2 from filed tables. */
export type RatebookVersion = '2026.1' | '2026.2';
export const ratebookFile = (version: RatebookVersion = '2026.1'): ContentFile =>
  contentFiles(`content/ratebooks/${version}`).find(({ path }) => path.endsWith('/ratebook.yaml'))!;
export const ratebook = (version: RatebookVersion = '2026.1'): Ratebook => must(buildRatebook(ratebookFile(version), parameters()));
export const tariff = (version: RatebookVersion = '2026.1'): Tariff => ({ ratebook: ratebook(version), catalogue: catalogue() });

/** The ratebook with some parameters' values replaced: a variant for one test. */
export function ratebookWith(values: Readonly<Record<string, number>>, version: RatebookVersion = '2026.1'): Ratebook {
  const set = parameters();
  const replaced = [...set.byKey].map(([key, parameter]): [string, Parameter] => [key, { ...parameter, value: values[key] ?? parameter.value }]);
  return compileRatebook(RatebookFile.parse(ratebookFile(version).data), { ...set, byKey: new Map(replaced) });
}

/** The reference firm of the tariff: services, CNY 35 m revenue, 10,000 personal records. */
export const referenceFirm: FirmProfile = {
  name: '示例参照企业有限公司',
  creditCode: null,
  industry: 'services',
  gbt4754: null,
  employees: 60,
  annualRevenue: { currency: 'CNY', minor: 3_500_000_000 },
  personalRecords: 10_000,
  sellsOnline: true,
  operatesIndustrialControl: false,
  sellsTechnologyServices: false,
  makesDigitalProducts: false,
  criticalInfrastructure: false,
  securitySpend: null,
  assets: [],
  pastClaims: [],
  repairs: null,
};

/** The same number for every peril. */
export const forEachPeril = (value: number): Record<Peril, number> => Object.fromEntries(Peril.options.map((peril) => [peril, value])) as Record<Peril, number>;

/** Security as good as the book's mean: no modifier changes a frequency. */
export const averageSecurity: SecurityModifiers = { controls: forEachPeril(1), findings: forEachPeril(1.15) };
