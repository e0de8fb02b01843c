import type { Text } from '../../basics/index.ts';

/** Words for a Refusal's facts in both languages: `<name>` in Chinese and `<name>En` in English, because a fact is one plain value. */
export const factInBoth = <Name extends string>(name: Name, { zh, en }: Text): Record<Name | `${Name}En`, string> =>
  ({ [name]: zh, [`${name}En`]: en }) as Record<Name | `${Name}En`, string>;

/** Several words as one enumeration in each language. */
export const enumerated = (texts: readonly Text[]): Text => ({ zh: texts.map(({ zh }) => zh).join('；'), en: texts.map(({ en }) => en).join('; ') });
