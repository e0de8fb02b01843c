/** What a company's name ends in that a question would leave out. */
const endings = /(股份有限公司|有限责任公司|有限公司|集团|公司)$/;
const latinEndings = /[\s,.]*\b(co|ltd|inc|llc|corp|limited|company|group)\.?$/;

const evened = (text: string): string => text.normalize('NFKC').toLowerCase().trim().replaceAll(/\s+/g, ' ');

/** A name without the endings of its legal form, however many it has; the name itself when nothing would be left to recognise. */
function shortened(name: string): string {
  const short = name.replace(endings, '').replace(latinEndings, '').trim();
  return short === name || short.length < 2 ? name : shortened(short);
}

/** The first of the names that a text contains, whatever its case, spacing and legal form; null when it contains none. Names of one character are not looked for. */
export function nameIn(text: string, names: Iterable<string>): string | null {
  const said = evened(text);
  for (const name of names) {
    const short = shortened(evened(name));
    if (short.length >= 2 && (isLatin(short) ? hasWord(said, short) : said.replaceAll(' ', '').includes(short.replaceAll(' ', '')))) return name;
  }
  return null;
}

const isLatin = (name: string): boolean => /^[\u0020-\u024f]+$/.test(name);

/** As a word of its own: the firm `Ants` is not in `applicants`. */
function hasWord(text: string, word: string): boolean {
  const isPart = (character: string | undefined): boolean => character !== undefined && /[a-z0-9\u00c0-\u024f]/.test(character);
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) if (!isPart(text[at - 1]) && !isPart(text[at + word.length])) return true;
  return false;
}
