// npm run check: everything that can be judged without running the product. `--fix` repairs what a machine can; names as arguments run only those.
import { fileURLToPath } from 'node:url';
import { tsImport } from 'tsx/esm/api';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const { runChecks } = await tsImport('./checks/checks.ts', import.meta.url);
const words = process.argv.slice(2);
const { passed, failed } = await runChecks({ names: words.filter((word) => !word.startsWith('--')), fix: words.includes('--fix') });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
