import { fileURLToPath } from 'node:url';
import { applicationFrom } from '../src/cli/assessed-firm.ts';
import { readWords } from '../src/cli/firm-files.ts';
import { advisePrevention, creditRepairs, usualCredits, valueRepairs, whatIf } from '../src/domain/underwriting/index.ts';
import { loadContent } from '../src/io/content/index.ts';
import { ratebook } from '../test/tariff.ts';

/*
 * How long advice on repairs takes for the invented maker of devices, under the ratebook that computes each price from the model (2026.1) and under the one of filed tables (2026.2): same
 * run, one thread, milliseconds of processor time, the best of three. What the tariff costs is the difference; the rest assesses the firm anew for each set of repairs.
 */

const root = fileURLToPath(new URL('..', import.meta.url));
const content = loadContent({ contentDir: `${root}content`, feedDirs: [`${root}content/demo/threats`] });
const of = (name: string): string => `${root}content/demo/firms/maker/${name}.yaml`;
const reports = ['nmap', 'openvas'].flatMap((tool) => ['--report', `${root}content/demo/reports/maker/${tool}.xml`]);
const words = readWords(['--profile', of('profile'), '--answers', of('answers'), '--package', of('package'), ...reports], { withCover: true })!;
const silent = (): void => {};
const { application } = await applicationFrom(words, { stdout: silent, stderr: silent, clock: () => '2026-11-22T00:00:00Z', content: async () => content });

function millisOf(run: () => unknown): number {
  const times = [0, 1, 2].map(() => {
    const cpu = process.cpuUsage();
    run();
    return process.cpuUsage(cpu).user / 1000;
  });
  return Number(Math.min(...times).toFixed(1));
}

for (const version of ['2026.1', '2026.2'] as const) {
  const rules = { ...content, ratebook: ratebook(version) };
  const repairs = valueRepairs(application, rules);
  const chosen = repairs.slice(0, 5).map(({ id }) => id);
  const question = { application, covers: [], budgetMinor: null, costs: {}, mostMeasures: 6 };
  console.log(
    JSON.stringify({
      bench: 'advice',
      ratebook: version,
      repairs: repairs.length,
      valueRepairs: millisOf(() => valueRepairs(application, rules)),
      whatIf: millisOf(() => whatIf(application, chosen, rules)),
      creditRepairs: millisOf(() => creditRepairs(application, rules, { ...usualCredits, orders: 16 })),
      advisePrevention: millisOf(() => advisePrevention(question, rules)),
    }),
  );
}
