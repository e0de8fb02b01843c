import { expect, test } from 'vitest';
import { noteUpTo, saidIn, wordsUpTo } from './text.ts';

const words = wordsUpTo(20);
const taken = (text: string): boolean => words.safeParse(text).success;

test.each(['', ' ', '\u00a0', '\u200b\u200b', '\u3164', '\u2800', '\u115f', '\u1160', '\uffa0', '\u034f\ufe0f', '\u0007', '\n\t'])(
  'what shows nothing says nothing: %j',
  (text) => {
    expect(taken(text)).toBe(false);
  },
);

test.each(['a\u0000b', 'a\u001b[31mb', 'a\u007fb', '\u202eabc', 'abc\u2066'])('control characters and turns of direction are refused: %j', (text) => {
  expect(taken(text)).toBe(false);
});

test.each(['一句话。', 'two\nlines\tand a tab', '한국어', '5 < 6', '👍', '(…)'])('what can be read is taken: %j', (text) => {
  expect(taken(text)).toBe(true);
});

test('the length counts after trimming', () => {
  expect(words.parse(`  ${'x'.repeat(20)}  `)).toHaveLength(20);
  expect(taken('x'.repeat(21))).toBe(false);
});

test.each([
  ...['', '  ', '\n', 'a note ', '备注'].map((text) => [text, true] as const),
  ...['\u200b', '\u3164', 'a\u202eb', 'a\u0007b'].map((text) => [text, false] as const),
])('a note may be left empty, and is readable otherwise: %j', (text, isTaken) => {
  expect(noteUpTo(20).safeParse(text)).toMatchObject(isTaken ? { success: true, data: text } : { success: false });
});

test('words of the system are said in the language of the reader, those of a person as they were typed', () => {
  const missed = { zh: '备份证明', en: 'proof of a backup' };

  expect([saidIn(missed, 'zh'), saidIn(missed, 'en'), saidIn('停业', 'en')]).toEqual(['备份证明', 'proof of a backup', '停业']);
});
