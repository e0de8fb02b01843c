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

interface Around extends Span {
  /** Stands as a member of a list. */
  readonly listed: boolean;
}

/**
 * Finds the record of a finding in the text of its report, around the place where most of what identifies the finding stands together: of JSON the smallest
 * member of a list that names the finding twice, of XML the element that has others like it beside it, else the largest object, element or line of at most
 * 6,000 characters. Works on the text alone, whatever the format, so it is a place to look and no second reading. Null when
 * the report does not name the check at all.
 */
export function findRawRecord(report: string, finding: Pick<Finding, 'checkId' | 'cves' | 'title' | 'asset'>): RawRecord | null {
  const marks = marksOf(finding);
  const at = bestPlace(report, marks);
  if (at === null) return null;
  const whole = spanAround(report, at, marks);
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
function spanAround(report: string, at: number, marks: readonly string[]): Span {
  const start = /\S/.exec(report.slice(0, 1000))?.[0];
  const isJson = start === '{' || start === '[';
  const spans = isJson ? objectsAround(report, at) : start === '<' ? elementsAround(report, at) : [];
  const fitting = spans.filter(({ from, to }) => to - from <= most);
  const record = isJson ? (listedRecord(report, fitting, marks) ?? fitting.find(({ listed }) => listed)) : singleRecord(report, fitting);
  return record ?? fitting[0] ?? lineAround(report, at);
}

/** The innermost member of a list that holds two of the marks: a bare id in a list of references is not the record. */
const listedRecord = (report: string, spans: readonly Around[], marks: readonly string[]): Span | undefined =>
  spans.findLast(({ from, to, listed }) => listed && marks.filter((mark) => report.slice(from, to).includes(mark)).length > 1);

/** The outermost element in which everything around the place stands once: what holds several alike is a list of records. */
const singleRecord = (report: string, spans: readonly Around[]): Span | undefined =>
  spans.find((span, i) => spans.slice(i + 1).every((inner) => standsOnce(report, span, inner)));

function standsOnce(report: string, { from, to }: Span, inner: Span): boolean {
  const opening = /^<[\w:.-]+/.exec(report.slice(inner.from, inner.to))![0];
  return report.slice(from, to).split(new RegExp(`${opening.replaceAll('.', '\\.')}(?![\\w:.-])`)).length === 2;
}

function lineAround(report: string, at: number): Span {
  const end = report.indexOf('\n', at);
  return { from: report.lastIndexOf('\n', at) + 1, to: end < 0 ? report.length : end };
}

/** The JSON objects that hold the place, outermost first. */
function objectsAround(report: string, at: number): Around[] {
  const open: { from: number; list: boolean }[] = [];
  const spans: Around[] = [];
  let quoted = false;
  for (let i = 0; i < report.length; i += 1) {
    const letter = report.charCodeAt(i);
    if (quoted) {
      if (letter === 92) i += 1;
      else if (letter === 34) quoted = false;
    } else if (letter === 34) quoted = true;
    else if (letter === 123 || letter === 91) open.push({ from: i, list: letter === 91 });
    else if (letter === 125 || letter === 93) {
      const closed = open.pop();
      if (closed !== undefined && !closed.list && closed.from <= at && i >= at)
        spans.unshift({ from: closed.from, to: i + 1, listed: open.at(-1)?.list === true });
      if (open.length === 0 && i >= at) break;
    }
  }
  return spans;
}

const tag = /<(\/?)([A-Za-z_][\w:.-]*)(?:"[^"]*"|'[^']*'|[^'">])*?(\/?)>|<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>/g;

/** The XML elements that hold the place, outermost first. Tags that do not match are passed over: only a place is looked for. */
function elementsAround(report: string, at: number): Around[] {
  const open: { name: string; from: number }[] = [];
  const spans: Around[] = [];
  for (const found of report.matchAll(tag)) {
    const [text, closing, name, selfClosing] = found;
    const to = found.index + text.length;
    if (name === undefined) continue;
    if (selfClosing) {
      if (found.index <= at && to > at) spans.unshift({ from: found.index, to, listed: false });
    } else if (!closing) open.push({ name, from: found.index });
    else {
      const depth = open.findLastIndex((one) => one.name === name);
      if (depth < 0) continue;
      const { from } = open[depth]!;
      open.length = depth;
      if (from <= at && to > at) spans.unshift({ from, to, listed: false });
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
