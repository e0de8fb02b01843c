import { buildWordings, type WordingFiles, type WordingLibrary } from '../src/domain/catalogue/index.ts';
import { catalogue, contentFiles } from './tariff.ts';

/** The files in `content/` that wordings are made of. */
export const wordingFiles = (): WordingFiles => ({
  glossary: contentFiles('content/glossary'),
  wordings: contentFiles('content/wordings'),
  insurers: contentFiles('content/insurers'),
  incidents: contentFiles('content/incidents'),
});

/** The library of wordings as it lies in `content/`. */
export function wordingLibrary(): WordingLibrary {
  const { value, problems } = buildWordings(wordingFiles(), catalogue());
  if (value === null) throw new Error(problems.map(({ file, at, message }) => `${file} ${at}: ${message}`).join('\n'));
  return value;
}
