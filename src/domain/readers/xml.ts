import { SaxesParser, type SaxesTagPlain } from 'saxes';
import type { ReadingLimits } from './limits.ts';
import { lineColumn, tooLarge, unreadable, type Position } from './unreadable.ts';

/** An element with what was read of it so far: its own text joined, its children without the records that were handed on. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
  readonly position: Position;
}

/**
 * A strict XML reader that takes text in chunks. Elements named in `records` are handed to `onRecord` when they close, together with their open
 * ancestors (outermost first), and are then forgotten, so that a large report costs the memory of its largest record. Prefixes are part of names.
 *
 * A document type declaration is accepted only where it can define nothing: a bare name as nmap writes it, an external identifier (never
 * fetched), or ELEMENT and ATTLIST declarations as Burp writes them. Anything else is refused as `dtd-not-allowed`.
 */
export class XmlReader {
  readonly #parser = new SaxesParser();
  readonly #limits: ReadingLimits;
  readonly #records: ReadonlySet<string>;
  readonly #onRecord: (element: XmlElement, ancestors: readonly XmlElement[]) => void;
  readonly #open: XmlElement[] = [];
  readonly #heldBefore: number[] = [];
  #root: XmlElement | null = null;
  #held = 0;
  #seen = 0;
  #attributes = 0;

  constructor(options: { records: readonly string[]; limits: ReadingLimits; onRecord: (element: XmlElement, ancestors: readonly XmlElement[]) => void }) {
    this.#limits = options.limits;
    this.#records = new Set(options.records);
    this.#onRecord = options.onRecord;
    this.#parser.on('error', (error) => {
      throw this.#malformed(error);
    });
    this.#parser.on('doctype', (text) => this.#checkDoctype(text));
    this.#parser.on('attribute', () => this.#countAttribute());
    this.#parser.on('opentagstart', () => {
      this.#attributes = 0;
    });
    this.#parser.on('opentag', (tag) => this.#openElement(tag));
    this.#parser.on('closetag', () => this.#closeElement());
    this.#parser.on('text', (text) => this.#addText(text));
    this.#parser.on('cdata', (text) => this.#addText(text));
  }

  write(text: string): void {
    this.#parser.write(text);
  }

  /** Ends the document; refuses one that is cut short. */
  close(): void {
    this.#parser.close();
  }

  /** The root element as far as it was read; null before it opened. */
  get root(): XmlElement | null {
    return this.#root;
  }

  #openElement(tag: SaxesTagPlain): void {
    const element: XmlElement = { name: tag.name, attributes: tag.attributes, children: [], text: '', position: this.#position() };
    this.#seen++;
    this.#heldBefore.push(this.#held++);
    this.#checkLimits();
    const parent = this.#open.at(-1);
    if (parent === undefined) this.#root = element;
    else parent.children.push(element);
    this.#open.push(element);
  }

  #closeElement(): void {
    const element = this.#open.pop();
    const heldBefore = this.#heldBefore.pop() ?? 0;
    if (element === undefined || !this.#records.has(element.name)) return;
    this.#onRecord(element, this.#open);
    this.#open.at(-1)?.children.pop();
    this.#held = heldBefore;
  }

  #addText(text: string): void {
    const element = this.#open.at(-1);
    if (element === undefined) return;
    element.text += text;
    if (element.text.length > this.#limits.stringUnits)
      throw tooLarge(
        'text-too-long',
        `element \`${element.name}\` holds more than ${this.#limits.stringUnits} characters`,
        this.#position(),
        this.#limits.stringUnits,
      );
  }

  #countAttribute(): void {
    if (++this.#attributes > this.#limits.xmlAttributes)
      throw tooLarge('too-many-attributes', `an element has more than ${this.#limits.xmlAttributes} attributes`, this.#position(), this.#limits.xmlAttributes);
  }

  #checkLimits(): void {
    const { xmlDepth, xmlElements, xmlElementsHeld } = this.#limits;
    if (this.#open.length >= xmlDepth)
      throw unreadable('nested-too-deep', `elements are nested more than ${xmlDepth} deep`, this.#position(), { limit: xmlDepth });
    if (this.#seen > xmlElements) throw tooLarge('too-many-elements', `the file has more than ${xmlElements} elements`, this.#position(), xmlElements);
    if (this.#held > xmlElementsHeld)
      throw tooLarge('too-many-elements', `one record has more than ${xmlElementsHeld} elements`, this.#position(), xmlElementsHeld);
  }

  #checkDoctype(text: string): void {
    if (!harmlessDoctype.test(text)) throw unreadable('dtd-not-allowed', 'a document type declaration that defines something is not allowed', this.#position());
  }

  #malformed(error: Error): Error {
    const what = error.message.replace(/^\d+:\d+:\s*/, '').replace(/\.$/, '');
    return unreadable('malformed-xml', `the XML is malformed: ${what.slice(0, 200)}`, this.#position());
  }

  #position(): Position {
    return lineColumn(this.#parser.line, this.#parser.columnIndex + 1);
  }
}

/** A name, perhaps an external identifier, perhaps a subset of nothing but ELEMENT and ATTLIST declarations without parameter entities. */
const harmlessDoctype =
  /^\s*[\w:.-]+\s*(?:SYSTEM\s+(?:"[^"]*"|'[^']*')\s*|PUBLIC\s+(?:"[^"]*"|'[^']*')\s+(?:"[^"]*"|'[^']*')\s*)?(?:\[(?:\s|<!(?:ELEMENT|ATTLIST)\s[^<>%]*>)*\]\s*)?$/;

/** The first child with this name; undefined without one. */
export const child = (element: XmlElement, name: string): XmlElement | undefined => element.children.find((c) => c.name === name);

/** All children with this name, in order. */
export const childrenNamed = (element: XmlElement, name: string): XmlElement[] => element.children.filter((c) => c.name === name);

/** The trimmed text of the element at the end of a path of child names; empty when it is not there. */
export function textOf(element: XmlElement | undefined, ...path: readonly string[]): string {
  let at = element;
  for (const name of path) at = at && child(at, name);
  return at?.text.trim() ?? '';
}

/** The trimmed value of an attribute; empty when it is not there. */
export const attribute = (element: XmlElement | undefined, name: string): string => element?.attributes[name]?.trim() ?? '';
