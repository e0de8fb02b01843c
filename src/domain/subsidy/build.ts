import { built, readContent, type Built, type ContentFile, type ContentProblem } from '../basics/index.ts';
import { SecurityPackage, SubsidyScheme } from './model.ts';

/** The schemes and packages on offer, by id. */
export interface SubsidyOffer {
  readonly schemes: ReadonlyMap<string, SubsidyScheme>;
  readonly packages: ReadonlyMap<string, SecurityPackage>;
}

/** Reads `content/subsidies` and `content/security-packages`. An id twice, a control that does not exist or a tier without a limit for its level is a problem. */
export function buildSubsidyOffer(
  files: { subsidies: readonly ContentFile[]; packages: readonly ContentFile[] },
  controls: ReadonlySet<string>,
): Built<SubsidyOffer> {
  const schemes = readContent(SubsidyScheme, files.subsidies);
  const packages = readContent(SecurityPackage, files.packages);
  const problems: ContentProblem[] = [
    ...schemes.problems,
    ...packages.problems,
    ...twice(schemes.values),
    ...twice(packages.values),
    ...schemes.values.flatMap(({ file, value }) => tiersWithoutLimit(file, value)),
    ...packages.values.flatMap(({ file, value }) => strayControls(file, value, controls)),
  ];
  const byId = <T extends { id: string }>(read: readonly { value: T }[]): Map<string, T> => new Map(read.map(({ value }) => [value.id, value]));
  return built({ schemes: byId(schemes.values), packages: byId(packages.values) }, problems);
}

const twice = (read: readonly { file: string; value: { id: string } }[]): ContentProblem[] =>
  read.flatMap(({ file, value }, i) =>
    read.findIndex((other) => other.value.id === value.id) < i ? [{ file, at: 'id', message: `\`${value.id}\` is given twice` }] : [],
  );

const tiersWithoutLimit = (file: string, { tiers, limits }: SubsidyScheme): ContentProblem[] =>
  tiers.flatMap(({ level }, i) => (limits[level] === undefined ? [{ file, at: `tiers.${i}.level`, message: `\`${level}\` is matched with no limit` }] : []));

const strayControls = (file: string, { controls: named }: SecurityPackage, controls: ReadonlySet<string>): ContentProblem[] =>
  named.flatMap((control, i) => (controls.has(control) ? [] : [{ file, at: `controls.${i}`, message: `there is no control \`${control}\`` }]));
