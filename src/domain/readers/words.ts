/** CVE ids in the text, upper case, in order of appearance, no repeats. */
export function cvesIn(...texts: readonly string[]): string[] {
  const found = new Set<string>();
  for (const text of texts) for (const match of text.matchAll(/CVE-\d{4}-\d{4,19}/gi)) found.add(match[0].toUpperCase());
  return [...found];
}

/** CWE numbers in texts such as `CWE-79` or `79, 80`; a bare number counts only when the whole text is numbers. */
export function cwesIn(...texts: readonly string[]): number[] {
  const found = new Set<number>();
  for (const text of texts) {
    const named = text.matchAll(/CWE[-:_ ]?(\d{1,6})/gi);
    for (const match of named) found.add(Number(match[1]));
    if (/^[\s,;]*\d{1,6}(?:[\s,;]+\d{1,6})*[\s,;]*$/.test(text)) for (const match of text.matchAll(/\d+/g)) found.add(Number(match[0]));
  }
  return [...found].filter((n) => n > 0);
}

/** Readable text of an HTML fragment as tools put into reports: tags dropped, paragraphs and breaks as line breaks, common entities decoded once. */
export function plainText(html: string): string {
  return html
    .replace(/<\s*(?:br|\/p|\/li|\/div|\/tr)\b[^>]{0,200}>/gi, '\n')
    .replace(/<\/?[a-z][^<>]{0,1000}>/gi, '')
    .replace(/&(lt|gt|quot|apos|nbsp|#39|#34);/g, (_, name: string) => entities[name] ?? '')
    .replaceAll('&amp;', '&')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', '#39': "'", '#34': '"' };

/** The text cut to `units` UTF-16 units, never through the middle of a character. */
export function cut(text: string, units: number): string {
  if (text.length <= units) return text;
  const end = /[\ud800-\udbff]/.test(text.charAt(units - 1)) ? units - 1 : units;
  return text.slice(0, end);
}

/** Non-empty texts joined by line breaks. */
export const lines = (...texts: readonly (string | null | undefined)[]): string => texts.filter((t): t is string => !!t && t.trim() !== '').join('\n');
