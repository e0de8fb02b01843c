import type { Finding } from './finding.ts';

/** A part of a scanner report as its tool wrote it. Foreign text: to be shown as text and never as markup. */
export interface RawRecord {
  /** The line of the file at which the part begins, from 1. */
  readonly line: number;
  readonly text: string;
  /** Whether the record itself is longer than what is shown. */
  readonly cut: boolean;
}

const most = 6000;

interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Finds the record of a finding in the text of its report: the largest object, element or line of at most 6,000 characters around the place where most of
 * what identifies the finding stands together. Works on the text alone, whatever the format, so it is a place to look and no second reading. Null when
 * the report does not name the check at all.
 */
export function findRawRecord(report: string, finding: Pick<Finding, 'checkId' | 'cves' | 'title' | 'asset'>): RawRecord | null {
  const at = bestPlace(report, marksOf(finding));
  if (at === null) return null;
  const whole = spanAround(report, at);
  const span = whole.to - whole.from <= most ? whole : { from: Math.max(whole.from, at - most / 2), to: Math.min(whole.to, at + most / 2) };
  return { line: lineOf(report, span.from), text: report.slice(span.from, span.to), cut: span !== whole };
}

/** What names a finding, most telling first. */
function marksOf({ checkId, cves, title, asset }: Pick<Finding, 'checkId' | 'cves' | 'title' | 'asset'>): string[] {
  const marks = [checkId, ...cves, title, asset.name, asset.host ?? '', asset.version ?? '', asset.port === null ? '' : String(asset.port)];
  return [...new Set(marks.filter((mark) => mark.length > 1))];
}

const mostPlaces = 2000;

/** Of the places of the first mark that occurs, the one with most of the others close by; the first of equals. */
function bestPlace(report: string, marks: readonly string[]): number | null {
  const first = marks.find((mark) => report.includes(mark));
  if (first === undefined) return null;
  const others = marks.filter((mark) => mark !== first);
  let best = { at: report.indexOf(first), score: -1 };
  for (let at = best.at, seen = 0; at >= 0 && seen < mostPlaces; at = report.indexOf(first, at + first.length), seen += 1) {
    const score = others.reduce((sum, mark) => sum + closeness(report, at, mark), 0);
    if (score > best.score) best = { at, score };
  }
  return best.at;
}

const reach = 1500;

/** From 1, where the mark stands at the place itself, to 0, where it is not within reach: a neighbour's name is further away than one's own. */
function closeness(report: string, at: number, mark: string): number {
  const near = report.slice(Math.max(0, at - reach), at + reach);
  const middle = Math.min(at, reach);
  const distances = [near.lastIndexOf(mark, middle), near.indexOf(mark, middle)].filter((place) => place >= 0).map((place) => Math.abs(place - middle));
  return distances.length === 0 ? 0 : 1 / (1 + Math.min(...distances) / 100);
}

/** The record around a place, by what kind of text it is. */
function spanAround(report: string, at: number): Span {
  const start = /\S/.exec(report.slice(0, 1000))?.[0];
  const spans = start === '{' || start === '[' ? objectsAround(report, at) : start === '<' ? elementsAround(report, at) : [];
  const fitting = spans.filter(({ from, to }) => to - from <= most);
  return (
    fitting.reduce<Span | null>((largest, one) => (largest === null || one.to - one.from > largest.to - largest.from ? one : largest), null) ??
    lineAround(report, at)
  );
}

function lineAround(report: string, at: number): Span {
  const end = report.indexOf('\n', at);
  return { from: report.lastIndexOf('\n', at) + 1, to: end < 0 ? report.length : end };
}

/** The JSON objects that hold the place, outermost first. */
function objectsAround(report: string, at: number): Span[] {
  const open: number[] = [];
  const spans: Span[] = [];
  let quoted = false;
  for (let i = 0; i < report.length; i += 1) {
    const letter = report.charCodeAt(i);
    if (quoted) {
      if (letter === 92) i += 1;
      else if (letter === 34) quoted = false;
    } else if (letter === 34) quoted = true;
    else if (letter === 123) open.push(i);
    else if (letter === 125) {
      const from = open.pop();
      if (from !== undefined && from <= at && i >= at) spans.unshift({ from, to: i + 1 });
      if (open.length === 0 && i >= at) break;
    }
  }
  return spans;
}

const tag = /<(\/?)([A-Za-z_][\w:.-]*)(?:"[^"]*"|'[^']*'|[^'">])*?(\/?)>|<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>/g;

/** The XML elements that hold the place, outermost first. Tags that do not match are passed over: only a place is looked for. */
function elementsAround(report: string, at: number): Span[] {
  const open: { name: string; from: number }[] = [];
  const spans: Span[] = [];
  for (const found of report.matchAll(tag)) {
    const [text, closing, name, selfClosing] = found;
    const to = found.index + text.length;
    if (name === undefined) continue;
    if (selfClosing) {
      if (found.index <= at && to > at) spans.unshift({ from: found.index, to });
    } else if (!closing) open.push({ name, from: found.index });
    else {
      const depth = open.findLastIndex((one) => one.name === name);
      if (depth < 0) continue;
      const { from } = open[depth]!;
      open.length = depth;
      if (from <= at && to > at) spans.unshift({ from, to });
      if (depth === 0 && to > at) break;
    }
  }
  return spans;
}

function lineOf(report: string, at: number): number {
  let line = 1;
  for (let next = report.indexOf('\n'); next >= 0 && next < at; next = report.indexOf('\n', next + 1)) line += 1;
  return line;
}
