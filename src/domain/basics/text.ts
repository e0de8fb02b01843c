import { z } from 'zod';

/** A sentence or label in both languages; neither may be empty. */
export const Text = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
export type Text = z.infer<typeof Text>;

/** Words that a person typed, in whichever language, or words of the system in both. */
export const Said = z.union([z.string(), Text]);
export type Said = z.infer<typeof Said>;

/** What was said, for a reader of this language. */
export const saidIn = (said: Said, language: Language): string => (typeof said === 'string' ? said : said[language]);

export const Language = z.enum(['zh', 'en']);
export type Language = z.infer<typeof Language>;

const visible = /(?![\u2800\p{Default_Ignorable_Code_Point}])[\p{L}\p{N}\p{P}\p{S}]/u;
const readable = /^([^\p{Cc}\u202a-\u202e\u2066-\u2069]|[\t\n\r])*$/u;

/** Whether a text holds anything that a reader sees. */
export const showsSomething = (text: string): boolean => visible.test(text);

/** The text without what Unicode shows as nothing: format characters, fillers that count as letters, variation selectors. */
export const withoutUnseen = (text: string): string => text.replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '');

/**
 * What a person says in his own words: something visible, without control characters except line breaks and tabs, and without characters that turn the
 * direction of what follows. Trimmed; `max` counts UTF-16 units. Hangul fillers and other ignorable letters, and the blank of Braille, show nothing.
 */
export const wordsUpTo = (max: number): z.ZodString =>
  z.string().trim().max(max).regex(visible, 'must say something').regex(readable, 'must hold no control characters');

/** As `wordsUpTo`, for what may be left empty. Not trimmed: it is saved while it is being written. */
export const noteUpTo = (max: number): z.ZodString =>
  z
    .string()
    .max(max)
    .regex(new RegExp(`^\\s*$|${visible.source}`, 'u'), 'must say something')
    .regex(readable, 'must hold no control characters');
