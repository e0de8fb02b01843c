import { built, hashData, misnamed, readContent, type Built, type ContentFile, type ContentProblem, type Placed } from '../basics/index.ts';
import { Coverage, Package, Peril, type Catalogue } from './model.ts';

/** Reads `content/coverages/*.yaml` and `content/packages/*.yaml` into the catalogue, or lists everything that is wrong with them. */
export function buildCatalogue(files: { readonly coverages: readonly ContentFile[]; readonly packages: readonly ContentFile[] }): Built<Catalogue> {
  const coverages = readContent(Coverage, files.coverages);
  const packages = readContent(Package, files.packages);
  const known = new Map(coverages.values.map(({ value }) => [value.id, value]));
  const problems = [
    ...coverages.problems,
    ...packages.problems,
    ...[...coverages.values, ...packages.values].flatMap(misnamed),
    ...overshared(coverages.values),
    ...packages.values.flatMap((placed) => unfitLines(placed, known)),
  ];
  const catalogue = { coverages: byId(coverages.values), packages: byId(packages.values) };
  return built({ version: hashData([[...catalogue.coverages.values()], [...catalogue.packages.values()]]), ...catalogue }, problems);
}

function byId<T extends { id: string }>(placed: readonly Placed<T>[]): ReadonlyMap<string, T> {
  const sorted = placed.map(({ value }) => value).sort((a, b) => (a.id < b.id ? -1 : 1));
  return new Map(sorted.map((value) => [value.id, value]));
}

/** More than the whole loss of a peril cannot be insured. */
function overshared(coverages: readonly Placed<Coverage>[]): ContentProblem[] {
  return Peril.options.flatMap((peril) => {
    const parts = coverages.flatMap(({ value }) => value.shares.filter((share) => share.peril === peril));
    const sum = parts.reduce((total, { share }) => total + share, 0);
    return sum > 1 + 1e-9
      ? [{ file: coverages[0]!.file, at: 'shares', message: `the coverages' shares of \`${peril}\` sum to ${sum.toFixed(4)}, more than 1` }]
      : [];
  });
}

function unfitLines({ file, value }: Placed<Package>, coverages: ReadonlyMap<string, Coverage>): ContentProblem[] {
  return value.cover.lines.flatMap((line, i) => {
    const coverage = coverages.get(line.coverage);
    const at = `cover.lines.${i}`;
    if (coverage === undefined) return [{ file, at: `${at}.coverage`, message: `no coverage \`${line.coverage}\`` }];
    const problems: ContentProblem[] = [];
    if (!coverage.timeBased && line.waitingHours !== null)
      problems.push({ file, at: `${at}.waitingHours`, message: `\`${coverage.id}\` is not time-based and has no waiting period` });
    if (line.subLimitMinor > value.cover.limitMinor) problems.push({ file, at: `${at}.subLimitMinor`, message: 'the sub-limit is higher than the limit' });
    return problems;
  });
}
