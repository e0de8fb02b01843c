import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  detectableShare,
  differenceInDifferences,
  fisherExactP,
  kaplanMeier,
  logRankTest,
  powerOfMcNemar,
  powerOfTwoShares,
  preTrends,
  staggeredEffect,
  type BeforeAfter,
  type Watched,
} from '../src/domain/evaluation/index.ts';
import { Draws } from '../test/simulation/draws.ts';
import { repeatStudy } from '../test/simulation/repeat.ts';
import { drawPanel, simulatedStudies } from '../test/simulation/studies.ts';

/*
 * Three questions. Do intervals and tests keep their level when the truth is known (2,000 repetitions per study)? What can studies of the pilot's size find?
 * How long does a study of 100,000 firms over 24 months take, beside R on the same data where R is installed?
 * JSON lines on standard output, the same as a table for people on standard error. A method that misses its level without naming the condition fails the run.
 */

const seed = 20250701;
const repetitions = 2_000;

const print = (line: Record<string, unknown>): void => console.log(JSON.stringify({ bench: 'evaluation', ...line }));
const show = (text: string): void => console.error(text);
const share = (x: number | null): string => (x === null ? '     –' : `${(x * 100).toFixed(1).padStart(5)}%`);

function timed<T>(run: () => T): { readonly value: T; readonly seconds: number } {
  const start = performance.now();
  const value = run();
  return { value, seconds: (performance.now() - start) / 1000 };
}

/** Coverage and false positives of every simulated study; answers whether all keep their level or name the condition. */
function simulate(): boolean {
  show(`\ncoverage of 95 % intervals and false positives at 5 %, ${repetitions} repetitions each, seed ${seed}`);
  let fine = true;
  const all = timed(() => {
    for (const study of simulatedStudies) {
      const { value, seconds } = timed(() => repeatStudy(study, { seed, repetitions }));
      fine &&= value.verdict !== 'FAILS';
      print({ study: study.name, exact: study.exact, ...value, condition: study.condition ?? null, repetitions, seed, seconds: Number(seconds.toFixed(2)) });
      show(
        `${study.name.padEnd(56)} ${study.exact ? 'exact ' : 'approx'} ${share(value.coverage)} ${share(value.falsePositives)}  ${value.verdict}${value.verdict === 'named condition' ? `: ${study.condition}` : ''}`,
      );
    }
  });
  print({ study: 'all', seconds: Number(all.seconds.toFixed(1)) });
  show(`all ${simulatedStudies.length} studies: ${all.seconds.toFixed(1)} s`);
  return fine;
}

function showPower(): void {
  show('\npower at 5 % two-sided: two groups (normal approximation), paired (exact McNemar, nobody worse), smallest fall found with 80 %');
  for (const units of [11, 17, 49, 100, 250, 500, 1000]) {
    const line = {
      units,
      halving10: powerOfTwoShares({ reference: 0.1, treated: 0.05 }, units),
      halving30: powerOfTwoShares({ reference: 0.3, treated: 0.15 }, units),
      pairedGain10: powerOfMcNemar({ pairs: units, gain: 0.1, loss: 0 }),
      pairedGain25: powerOfMcNemar({ pairs: units, gain: 0.25, loss: 0.05 }),
      detectableFallFrom30: detectableShare({ reference: 0.3, perGroup: units, direction: 'fall' }),
    };
    print({ power: line });
    show(
      `n ${String(units).padStart(4)}: 10→5 % ${share(line.halving10)}  30→15 % ${share(line.halving30)}  paired +10 ${share(line.pairedGain10)}  paired +25/−5 ${share(line.pairedGain25)}  detectable from 30 %: ${line.detectableFallFrom30 === null ? 'none' : share(line.detectableFallFrom30)}`,
    );
  }
}

const firms = 100_000;
const periods = 24;

function largeTimes(): { groups: Watched[][] } {
  const draws = new Draws(seed, 'large survival', 0);
  const one = (mean: number): Watched => {
    const [event, end] = [Math.ceil(draws.exponential(mean)), 90 + Math.floor(270 * draws.uniform())];
    return { time: Math.min(event, end), event: event <= end };
  };
  return { groups: [60, 45].map((mean) => Array.from({ length: firms / 2 }, () => one(mean))) };
}

function largePairs(): BeforeAfter[][] {
  const draws = new Draws(seed, 'large pairs', 0);
  return [3, 1].map((change) =>
    Array.from({ length: firms / 2 }, () => {
      const before = draws.normal(60, 10);
      return { before, after: before + draws.normal(change, 6) };
    }),
  );
}

/** One study per method on 100,000 firms, each timed alone. */
function large(): void {
  show(`\n${firms} firms × ${periods} months, one core`);
  const panel = drawPanel(new Draws(seed, 'large panel', 0), { firms, periods, effect: 4 });
  const { groups } = largeTimes();
  const [treated, reference] = largePairs() as [BeforeAfter[], BeforeAfter[]];
  const time = (name: string, run: () => unknown): void => {
    const { value, seconds } = timed(run);
    print({ large: name, firms, periods, seconds: Number(seconds.toFixed(3)), result: value });
    show(`${name.padEnd(56)} ${seconds.toFixed(2)} s  ${JSON.stringify(value)}`);
  };
  time('staggered starts with event study of pre-trends', () => {
    const found = staggeredEffect(panel);
    return { effect: found.overall!.difference, interval: found.overall!.interval, preTrends: preTrends(found).verdict, eventTimes: found.byEventTime.length };
  });
  time('difference in differences', () => {
    const found = differenceInDifferences({ treated, reference, seed });
    return { effect: found.difference, se: found.standardError };
  });
  time('Kaplan-Meier and log-rank', () => ({ steps: groups.map((group) => kaplanMeier(group).steps.length), chiSquared: logRankTest(groups)!.chiSquared }));
  time('Fisher exact', () => ({ p: fisherExactP({ count: 1_100, of: firms / 2 }, { count: 1_000, of: firms / 2 }) }));
  besideR({ groups, treated, reference });
}

/** R's program; `RSCRIPT` names another. */
const peer = process.env['RSCRIPT'] ?? 'Rscript';

const rScript = `
args <- commandArgs(TRUE); s <- read.csv(args[1]); d <- read.csv(args[2]); library(survival)
clock <- function(e) { t <- proc.time(); v <- force(e); c((proc.time() - t)[["elapsed"]], v) }
cat(sprintf('{"peer":"R","large":"Kaplan-Meier and log-rank","seconds":%.3f,"chiSquared":%.6f}\\n', clock({survfit(Surv(time,event)~group,s,conf.type="log-log"); survdiff(Surv(time,event)~group,s)$chisq})[1], survdiff(Surv(time,event)~group,s)$chisq))
r <- clock({ t.test(d$change[d$group==1], d$change[d$group==0])$stderr })
cat(sprintf('{"peer":"R","large":"difference in differences","seconds":%.3f,"se":%.9f}\\n', r[1], r[2]))
cat(sprintf('{"peer":"R","large":"Fisher exact","seconds":%.3f,"p":%.12f}\\n', clock(fisher.test(matrix(c(1100,48900,1000,49000),2))$p.value)[1], fisher.test(matrix(c(1100,48900,1000,49000),2))$p.value))
`;

/** The same data through R's `survival` and `stats`, reading excluded; says so where R is not installed. */
function besideR({ groups, treated, reference }: { groups: Watched[][]; treated: BeforeAfter[]; reference: BeforeAfter[] }): void {
  if (spawnSync(peer, ['--version']).status !== 0) {
    print({ peer: 'R', installed: false });
    show('R is not installed here: nothing to stand beside');
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'riskloop-bench-'));
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const survival = file(
    'survival.csv',
    `group,time,event\n${groups.flatMap((group, g) => group.map(({ time, event }) => `${g},${time},${event ? 1 : 0}`)).join('\n')}\n`,
  );
  const changes = file(
    'changes.csv',
    `group,change\n${[reference, treated].flatMap((group, g) => group.map(({ before, after }) => `${g},${after - before}`)).join('\n')}\n`,
  );
  const { stdout, stderr } = spawnSync(peer, [file('peer.R', rScript), survival, changes], { encoding: 'utf8' });
  console.log(stdout.trim());
  show(stdout.trim() || stderr);
  rmSync(folder, { recursive: true });
}

const fine = simulate();
showPower();
large();
process.exitCode = fine ? 0 : 1;
