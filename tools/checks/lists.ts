import { dirname, join, normalize } from 'node:path';
import { existsSync } from 'node:fs';
import { entries, files, folders, textOf } from './disk.ts';

/** Every list equals the folders it speaks of, and every link between documents leads somewhere. */
export const listFaults = (root: string): string[] => [
  ...familyFaults(root, 'src/domain/assessment/formats', 'list.ts'),
  ...familyFaults(root, 'src/domain/reinsurance/contracts', 'list.ts'),
  ...operationFaults(root),
  ...exportFaults(root),
  ...migrationFaults(root),
  ...linkFaults(root),
];

/** A family is a folder with one folder for each member, and a list that imports each of them. */
export function familyFaults(root: string, folder: string, list: string): string[] {
  const text = textOf(root, `${folder}/${list}`);
  if (text === null) return [];
  const listed = new Set([...text.matchAll(/from '\.\/([^/']+)\//g)].map(([, name]) => name!));
  const held = folders(root, folder);
  return [
    ...held.filter((name) => !listed.has(name)).map((name) => `${folder}/${name} is not in ${list}`),
    ...[...listed].filter((name) => !held.includes(name)).map((name) => `${folder}/${list} lists ${name}, which has no folder`),
  ];
}

/** Every file of src/app that declares operations hands them to the list in operations.ts. */
export function operationFaults(root: string): string[] {
  const list = textOf(root, 'src/app/operations.ts');
  if (list === null) return [];
  return entries(root, 'src/app')
    .filter(({ name }) => name.endsWith('.ts') && !name.endsWith('.test.ts') && name !== 'operations.ts')
    .flatMap(({ name }) => {
      const declares = /export const (\w+Operations)\b/.exec(textOf(root, `src/app/${name}`) ?? '')?.[1];
      return declares && !list.includes(`...${declares}`) ? [`src/app/${name} declares ${declares}, which src/app/operations.ts leaves out`] : [];
    });
}

/** Lists that nobody wants as a spreadsheet: what a form offers to choose from. */
const notForExport = ['listStudyChoices', 'listAssignees', 'listAcceptanceDeciders', 'listDisputeDeciders'];

/** Every list operation of src/app has its columns declared beside it, with `exportOf`. */
export function exportFaults(root: string): string[] {
  const texts = entries(root, 'src/app').flatMap(({ name }) => (/(?<!\.test)\.ts$/.test(name) ? [{ name, text: textOf(root, `src/app/${name}`)! }] : []));
  return texts.flatMap(({ name, text }) =>
    [...text.matchAll(/export const (\w+) = operation\(\{\s+name: '(list[A-Z]\w*)'/g)]
      .filter(([, constant, operation]) => !notForExport.includes(operation!) && !new RegExp(`exportOf\\(${constant}\\b`).test(text))
      .map(
        ([, constant, operation]) => `src/app/${name}: \`${operation}\` lists without an export: declare its columns with exportOf(${constant}, …) below it`,
      ),
  );
}

/** Migrations begin with four digits, no two with the same, each with its statements and its story. Numbers may be left out: work that goes on side by side keeps some free. */
export function migrationFaults(root: string): string[] {
  const home = 'src/io/store/migrations';
  const numbers = new Set<string>();
  return folders(root, home).flatMap((name) => {
    const missing = ['up.sql', 'notes.md'].filter((file) => textOf(root, `${home}/${name}/${file}`) === null).map((file) => `${home}/${name} has no ${file}`);
    const number = /^\d{4}(?=-)/.exec(name)?.[0];
    if (number === undefined) return [`${home}/${name} should begin with four digits`, ...missing];
    if (numbers.has(number)) return [`${home}/${name} has the number of another migration`, ...missing];
    numbers.add(number);
    return missing;
  });
}

/** Links from one document to another, relative to the document. */
export function linkFaults(root: string): string[] {
  return files(root)
    .filter((path) => path.endsWith('.md'))
    .flatMap((path) =>
      [...textOf(root, path)!.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)]
        .map(([, target]) => target!)
        .filter((target) => !/^[a-z]+:/.test(target) && !existsSync(join(root, normalize(join(dirname(path), target)))))
        .map((target) => `${path} links to ${target}, which is not there`),
    );
}
