import { folders, textOf } from './disk.ts';

type Floors = readonly (readonly string[])[];

const opening = '<!-- floors: written by npm run check -- --fix -->';
const closing = '<!-- /floors -->';

/** The floors as a table, highest first, as ARCHITECTURE.md shows them. */
export function floorsTable(floors: Floors): string {
  const rows = floors.map((modules, level) => `| ${level + 1} | ${modules.map((name) => `\`${name}\``).join(' ')} |`).reverse();
  return ['| floor | modules |', '|---|---|', ...rows].join('\n');
}

/** `text` with the table between its marks renewed; null when the marks are missing. */
export function withFloorsTable(text: string, floors: Floors): string | null {
  const from = text.indexOf(opening);
  const to = text.indexOf(closing);
  return from < 0 || to < from ? null : `${text.slice(0, from + opening.length)}\n\n${floorsTable(floors)}\n\n${text.slice(to)}`;
}

/**
 * Every folder of src/domain stands on exactly one floor, and ARCHITECTURE.md shows the floors as they are.
 * A floor may name a module that is still to be built.
 */
export function floorsFaults(root: string, floors: Floors): string[] {
  const named = floors.flat();
  const homeless = folders(root, 'src/domain')
    .filter((name) => !named.includes(name))
    .map((name) => `src/domain/${name} stands on no floor: add it to src/domain/floors.ts`);
  const twice = named.filter((name, index) => named.indexOf(name) !== index).map((name) => `${name} stands on two floors in src/domain/floors.ts`);
  const text = textOf(root, 'ARCHITECTURE.md') ?? '';
  const stale =
    withFloorsTable(text, floors) === text ? [] : ['the floors in ARCHITECTURE.md are not those of src/domain/floors.ts: run npm run check -- --fix'];
  return [...homeless, ...twice, ...stale];
}
