import { type Entry, entries, textOf } from './disk.ts';

/**
 * Compares the tree in ARCHITECTURE.md with the disk. A folder whose entries are listed must list every folder that it holds;
 * files are listed where they help the reader, and must exist.
 * Gives one sentence for each difference.
 */
export function treeFaults(root: string): string[] {
  const text = textOf(root, 'ARCHITECTURE.md');
  if (text === null) return ['ARCHITECTURE.md is missing'];
  const block = /```text tree\n([\s\S]*?)```/.exec(text)?.[1];
  if (block === undefined) return ['ARCHITECTURE.md holds no block that begins with ```text tree'];
  const drawn = readTree(block);
  return [...opened(drawn)].flatMap((folder) => folderFaults(root, folder, drawn));
}

/** Paths of a drawn tree, folders ending in `/`. Depth is told by the indentation: four columns each. */
export function readTree(block: string): string[] {
  const path: string[] = [];
  return block
    .split('\n')
    .map((line) => /^([│├└─ ]*)([^\s│├└─]\S*)/.exec(line))
    .filter((match) => match !== null && match[2] !== '.')
    .map((match) => {
      const [, indent = '', name = ''] = match ?? [];
      const depth = Math.max(0, indent.length / 4 - 1);
      path.length = depth;
      path.push(name.replace(/\/$/, ''));
      return path.join('/') + (name.endsWith('/') ? '/' : '');
    });
}

/** Folders of which at least one entry is drawn; the root always. */
function opened(drawn: readonly string[]): Set<string> {
  return new Set([
    '.',
    ...drawn
      .map((path) => path.replace(/\/$/, ''))
      .filter((path) => path.includes('/'))
      .map((path) => path.slice(0, path.lastIndexOf('/'))),
  ]);
}

function folderFaults(root: string, folder: string, drawn: readonly string[]): string[] {
  const inside = (path: string): string => (folder === '.' ? path : `${folder}/${path}`);
  const listed = new Set(drawn);
  let held: Entry[];
  try {
    held = entries(root, folder);
  } catch {
    return [`ARCHITECTURE.md draws ${folder}/, which is not on the disk`];
  }
  const onDisk = new Set(held.map((entry) => inside(entry.name) + (entry.folder ? '/' : '')));
  const missing = held
    .filter((entry) => entry.folder && !listed.has(`${inside(entry.name)}/`))
    .map((entry) => `ARCHITECTURE.md does not draw ${inside(entry.name)}/`);
  const gone = drawn.filter((path) => parentOf(path) === folder && !onDisk.has(path)).map((path) => `ARCHITECTURE.md draws ${path}, which is not on the disk`);
  return [...missing, ...gone];
}

function parentOf(path: string): string {
  const bare = path.replace(/\/$/, '');
  return bare.includes('/') ? bare.slice(0, bare.lastIndexOf('/')) : '.';
}
