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
  neverTreated,
  type BeforeAfter,
  type Panel,
  type SurvivalCurve,
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

/** The numbers of one study that a peer must give as well. */
type Numbers = Readonly<Record<string, number>>;

/** One study per method on 100,000 firms, each timed alone. Answers what each gave, for a peer to stand beside. */
function large(): boolean {
  show(`\n${firms} firms × ${periods} months, one core`);
  const panel = drawPanel(new Draws(seed, 'large panel', 0), { firms, periods, effect: 4 });
  const { groups } = largeTimes();
  const [treated, reference] = largePairs() as [BeforeAfter[], BeforeAfter[]];
  const ours: { name: string; seconds: number; numbers: Numbers }[] = [];
  const time = (name: string, run: () => Numbers): void => {
    const { value, seconds } = timed(run);
    print({ large: name, firms, periods, seconds: Number(seconds.toFixed(3)), result: value });
    show(`${name.padEnd(56)} ${seconds.toFixed(2)} s  ${JSON.stringify(value)}`);
    ours.push({ name, seconds, numbers: value });
  };
  time('staggered starts with event study of pre-trends', () => {
    const found = staggeredEffect(panel);
    const { difference, standardError } = found.overall!;
    const at = (time: number): number => found.byEventTime.find(({ sinceStart }) => sinceStart === time)!.difference;
    return {
      effect: difference,
      se: standardError!,
      after3: at(3),
      before2: at(-2),
      eventTimes: found.byEventTime.length,
      preTrends: preTrends(found).periods.length,
    };
  });
  time('difference in differences', () => {
    const { difference, standardError, interval, p } = differenceInDifferences({ treated, reference, seed });
    return { effect: difference, se: standardError!, low: interval!.low!, high: interval!.high!, p: p! };
  });
  time('Kaplan-Meier and log-rank', () => {
    const curves = groups.map((group) => kaplanMeier(group));
    const at = (group: number): SurvivalNumbers => numbersAt(curves[group]!, survivalDay);
    return {
      steps: curves.reduce((sum, { steps }) => sum + steps.length, 0),
      ...named(0, at(0)),
      ...named(1, at(1)),
      chiSquared: logRankTest(groups)!.chiSquared,
    };
  });
  time('Fisher exact', () => ({ p: fisherExactP({ count: 1_100, of: firms / 2 }, { count: 1_000, of: firms / 2 }) }));
  return besideR({ groups, treated, reference, panel, ours });
}

/** The day on which the curves are compared with the peer's. */
const survivalDay = 40;

type SurvivalNumbers = { readonly survival: number; readonly low: number; readonly high: number };

const numbersAt = ({ steps }: SurvivalCurve, day: number): SurvivalNumbers => {
  const { survival, low, high } = steps.findLast(({ time }) => time <= day)!;
  return { survival, low: low!, high: high! };
};

const named = (group: number, { survival, low, high }: SurvivalNumbers): Numbers => ({
  [`survival${group}`]: survival,
  [`low${group}`]: low,
  [`high${group}`]: high,
});

/** R's program; `RSCRIPT` names another. */
const peer = process.env['RSCRIPT'] ?? 'Rscript';

/** The same studies with what ships with R: `stats` and `survival`. The staggered one is computed by its definition, firm by firm in vectors, since R has no such function of its own. */
const rScript = `
args <- commandArgs(TRUE); suppressMessages(library(survival))
s <- read.csv(args[1]); d <- read.csv(args[2]); size <- as.integer(args[4])
con <- file(args[3], "rb"); v <- matrix(readBin(con, "double", size * ${periods}), nrow = size, byrow = TRUE); close(con); g <- as.integer(readLines(args[5]))
say <- function(.name, .seconds, ...) { n <- list(...); cat(sprintf('{"name":"%s","seconds":%.3f,"numbers":{%s}}\\n', .name, .seconds, paste(sprintf('"%s":%.17g', names(n), unlist(n)), collapse = ","))) }
t0 <- proc.time()[["elapsed"]]
starts <- sort(unique(g[g > 0])); key <- match(g, c(starts, -1)); sizes <- tabulate(key, length(starts) + 1)
cells <- expand.grid(a = starts, t = 1:${periods})
cells <- cells[apply(cells, 1, function(x) any(c(starts > max(x[2] - 1, x[1]), TRUE))), ]; cells$since <- cells$t - 1 - cells$a
weigh <- function(cells) { w <- matrix(0, length(sizes), ${periods}); total <- sum(sizes[match(cells$a, starts)])
  for (n in seq_len(nrow(cells))) { a <- cells$a[n]; t <- cells$t[n]; i <- match(a, starts); share <- sizes[i] / total
    w[i, t] <- w[i, t] + share; w[i, a] <- w[i, a] - share; k <- which(c(starts > max(t - 1, a), TRUE)); part <- share * sizes[k] / sum(sizes[k])
    w[k, t] <- w[k, t] - part; w[k, a] <- w[k, a] + part }
  w }
times <- setdiff(sort(unique(cells$since)), -1)
weights <- c(list(weigh(cells[cells$since >= 0, ])), lapply(times, function(s) weigh(cells[cells$since == s, ])))
effects <- numeric(length(weights)); variances <- effects
for (k in seq_along(sizes)) { y <- v[key == k, ] %*% sapply(weights, function(w) w[k, ]); effects <- effects + colMeans(y); variances <- variances + apply(y, 2, var) / sizes[k] }
say("staggered starts with event study of pre-trends", proc.time()[["elapsed"]] - t0, effect = effects[1], se = sqrt(variances[1]), after3 = effects[1 + match(3, times)], before2 = effects[1 + match(-2, times)], eventTimes = length(times))
t0 <- proc.time()[["elapsed"]]; r <- t.test(d$change[d$group == 1], d$change[d$group == 0])
say("difference in differences", proc.time()[["elapsed"]] - t0, effect = unname(r$estimate[1] - r$estimate[2]), se = r$stderr, low = r$conf.int[1], high = r$conf.int[2], p = r$p.value)
t0 <- proc.time()[["elapsed"]]; f <- survfit(Surv(time, event) ~ group, s, conf.type = "log-log"); l <- survdiff(Surv(time, event) ~ group, s)
seconds <- proc.time()[["elapsed"]] - t0; at <- summary(f, times = ${survivalDay})
say("Kaplan-Meier and log-rank", seconds, survival0 = at$surv[1], low0 = at$lower[1], high0 = at$upper[1], survival1 = at$surv[2], low1 = at$lower[2], high1 = at$upper[2], chiSquared = l$chisq)
t0 <- proc.time()[["elapsed"]]; r <- fisher.test(matrix(c(1100, 48900, 1000, 49000), 2))
say("Fisher exact", proc.time()[["elapsed"]] - t0, p = r$p.value)
`;

interface PeerLine {
  readonly name: string;
  readonly seconds: number;
  readonly numbers: Numbers;
}

interface Compared {
  readonly groups: Watched[][];
  readonly treated: BeforeAfter[];
  readonly reference: BeforeAfter[];
  readonly panel: Panel;
  readonly ours: readonly PeerLine[];
}

/** The same data through R's `survival` and `stats`, reading excluded: times side by side, and every number that both give. Says so where R is absent. Answers whether the numbers agree. */
function besideR({ groups, treated, reference, panel, ours }: Compared): boolean {
  if (spawnSync(peer, ['--version']).status !== 0) {
    print({ peer: 'R', installed: false });
    show('R absent: nothing to stand beside');
    return true;
  }
  const folder = mkdtempSync(join(tmpdir(), 'riskloop-bench-'));
  const file = (name: string, text: string | Uint8Array): string => {
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
  const values = file('panel.bin', new Uint8Array(panel.values.buffer));
  const starts = file('starts.txt', [...panel.starts].map((start) => (start === neverTreated ? -1 : start)).join('\n') + '\n');
  const { stdout, stderr } = spawnSync(peer, [file('peer.R', rScript), survival, changes, values, String(firms), starts], {
    encoding: 'utf8',
    env: { ...process.env, OMP_NUM_THREADS: '1' },
  });
  rmSync(folder, { recursive: true });
  if (stderr.trim() !== '') show(stderr.trim());
  const theirs =
    stdout.trim() === ''
      ? []
      : stdout
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as PeerLine);
  return (
    theirs.length === ours.length &&
    theirs
      .map((line) =>
        standBeside(
          line,
          ours.find(({ name }) => name === line.name)!,
        ),
      )
      .every(Boolean)
  );
}

/** Largest relative difference between numbers that both give. */
const tolerated = 1e-9;

function standBeside({ name, seconds, numbers }: PeerLine, own: PeerLine): boolean {
  const shared = Object.entries(own.numbers).filter(([key]) => key in numbers);
  const apart = Math.max(...shared.map(([key, value]) => Math.abs(value - numbers[key]!) / Math.max(1e-300, Math.abs(numbers[key]!))));
  print({ large: name, peer: 'R', seconds, ours: Number(own.seconds.toFixed(3)), numbers, apart });
  show(`R: ${name.padEnd(53)} ${seconds.toFixed(2)} s  ours ${own.seconds.toFixed(2)} s  ${shared.length} numbers apart by at most ${apart.toExponential(1)}`);
  return apart <= tolerated;
}

const fine = simulate();
showPower();
const agrees = large();
process.exitCode = fine && agrees ? 0 : 1;
