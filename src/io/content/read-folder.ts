import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import type { ContentFile, ContentProblem } from '../../domain/basics/index.ts';

const maxFileBytes = 1024 * 1024;
/** References within one file: enough to share a list, too few to blow a small file up to a large one. */
const maxAliases = 100;

/** The parsed YAML files of a folder in the order of their names; what cannot be parsed is a problem with its line. */
export interface FolderRead {
  readonly files: readonly ContentFile[];
  readonly problems: readonly ContentProblem[];
}

/** Reads every `*.yaml` of `content/<folder>`. A missing folder is an empty one: what must be there is the builders' question. */
export function readFolder(contentDir: string, folder: string): FolderRead {
  const dir = join(contentDir, folder);
  const names = existsSync(dir) ? readdirSync(dir).filter((name) => name.endsWith('.yaml')).sort() : [];
  const reads = names.map((name) => readYaml(join(dir, name), `content/${folder}/${name}`));
  return { files: reads.flatMap(({ files }) => files), problems: reads.flatMap(({ problems }) => problems) };
}

function readYaml(file: string, path: string): FolderRead {
  if (statSync(file).size > maxFileBytes) return { files: [], problems: [{ file: path, at: '', message: `larger than ${maxFileBytes} bytes` }] };
  try {
    const document = parseDocument(readFileSync(file, 'utf8'), { uniqueKeys: true, prettyErrors: true });
    const problems = document.errors.map(({ message, linePos }) => ({ file: path, at: linePos === undefined ? '' : `line ${linePos[0].line}`, message: message.split('\n')[0]! }));
    return problems.length > 0 ? { files: [], problems } : { files: [{ path, data: document.toJS({ maxAliasCount: maxAliases }) }], problems: [] };
  } catch (error) {
    return { files: [], problems: [{ file: path, at: '', message: (error as Error).message }] };
  }
}
