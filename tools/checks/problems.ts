import { files, textOf } from './disk.ts';

/** What answers on the terminal only: commands, start-up and the embedded database never answer a page of the portal. */
const terminal = /^src\/(cli|start|agent|io\/store\/postgres)\/|^src\/io\/store\/migrate\.ts$/;
const source = /^src\/.*\.ts$/;
const notProduct = /\.(test|laws)\.ts$|\/sample\.ts$/;
const kebab = "'([a-z0-9]+(?:-[a-z0-9]+)+)'";
/** The places where a code is given its name: a refusal itself, or one of the functions that make refusals of one kind. */
const thrown = new RegExp(
  `(?:new Refusal\\(\\s*'[a-z-]+',\\s*|\\b(?:unreadable|tooLarge|costly)\\(\\s*|\\brefused\\(\\s*reader,\\s*|\\brefuse\\(\\s*'[a-z-]+',\\s*)${kebab}`,
  'g',
);
const explained = /^ {2,4}'?([a-z0-9]+(?:-[a-z0-9]+)*)'?: \{/gm;
const languages = ['zh', 'en'] as const;

/** Every code that a refusal can bring to the portal has its three sentences (what happened, what was kept, what to do) in both languages. */
export function problemFaults(root: string): string[] {
  const codes = thrownCodes(root);
  return languages.flatMap((language) => {
    const texts = files(root).filter((path) => path.startsWith('web/texts/') && path.endsWith(`${language}.ts`));
    const known = new Set(texts.flatMap((path) => [...(textOf(root, path) ?? '').matchAll(explained)].map(([, code]) => code!)));
    if (known.size === 0) return [];
    return [...codes]
      .filter(([code]) => !known.has(code))
      .map(([code, file]) => `web/texts/problems-${language}.ts does not explain \`${code}\`, which ${file} throws`);
  });
}

/** Each code with the first file that throws it. */
export function thrownCodes(root: string): Map<string, string> {
  const codes = new Map<string, string>();
  for (const path of files(root).filter((one) => source.test(one) && !terminal.test(one) && !notProduct.test(one)))
    for (const [, code] of (textOf(root, path) ?? '').matchAll(thrown)) if (!codes.has(code!)) codes.set(code!, path);
  return codes;
}
