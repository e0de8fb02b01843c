import { parse } from 'yaml';
import { files, textOf } from './disk.ts';

/** A word not to use, and the glossary's word for it. */
interface Avoided {
  readonly word: RegExp;
  readonly instead: string;
}

/** One entry of the glossary. */
interface Term {
  readonly zh: string;
  readonly en: string;
  readonly avoid?: readonly string[];
}

// Written so that this file does not find itself.
const unfinished = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK'].join('|')})\\b`);
const silenced = new RegExp(`@ts-(${['ig' + 'nore', 'nocheck'].join('|')})|eslint-${'disable'}|oxlint-${'disable'}`);
const nameless = /(^|\/)(utils?|helpers?|services?|managers?|common|misc|stuff|types)(\.[a-z.]+)?$/i;
const written = /\.(ts|tsx|mjs|css|typ|sql|ya?ml|md|html)$/;
const code = /\.(ts|tsx|mjs)$/;
const shown = /^(content\/|web\/texts\/|src\/(domain|cli)\/|src\/io\/documents\/words\.ts|README)/;

/** Words that do not belong: promises instead of work, silenced checks, files that are named after nothing, terms the glossary avoids. */
export function wordFaults(root: string): string[] {
  const paths = files(root).filter((path) => path !== 'package-lock.json');
  const avoided = avoidedTerms(root);
  return paths.flatMap((path) => [...nameFaults(path), ...(written.test(path) ? textFaults(path, textOf(root, path)!, avoided) : [])]);
}

/** A file or folder is named after a verb or thing of the domain. */
export const nameFaults = (path: string): string[] => (path.split('/').some((part) => nameless.test(part)) ? [`${path} is not named after what it does`] : []);

function textFaults(path: string, text: string, avoided: readonly Avoided[]): string[] {
  return text.split('\n').flatMap((line, index) => {
    const at = `${path}:${index + 1}`;
    return [
      ...(unfinished.test(line) ? [`${at} says ${unfinished.exec(line)?.[0]}: do it, or open an issue`] : []),
      ...(code.test(path) && silenced.test(line) ? [`${at} silences a check: ${silenced.exec(line)?.[0]}`] : []),
      ...(shown.test(path) && !path.startsWith('content/glossary/') && !path.endsWith('.test.ts')
        ? avoided.filter(({ word }) => word.test(line)).map(({ word, instead }) => `${at} says ${word.exec(line)?.[0]}; the glossary's word is ${instead}`)
        : []),
    ];
  });
}

/** Terms that content/glossary says to avoid, each with the term to use. */
export function avoidedTerms(root: string): Avoided[] {
  return files(root)
    .filter((path) => /^content\/glossary\/.*\.ya?ml$/.test(path))
    .flatMap((path) => (parse(textOf(root, path)!) as { terms?: Term[] }).terms ?? [])
    .flatMap(({ zh, en, avoid }) => (avoid ?? []).map((term) => ({ word: pattern(term), instead: /[a-z]/i.test(term) ? en : zh })));
}

const pattern = (term: string): RegExp => (/^[\x20-\x7E]+$/.test(term) ? new RegExp(`\\b${term}\\b`, 'i') : new RegExp(term));
