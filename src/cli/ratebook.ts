import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { Refusal, type Language } from '../domain/basics/index.ts';
import {
  RatebookCase,
  RatebookProposal,
  applyProposal,
  checkRatebook,
  compareRatebooks,
  dislocate,
  inventBook,
  makeFilingPack,
  type Dislocation,
  type Ratebook,
  type RatebookCheck,
  type RatebookDifference,
  type Tariff,
} from '../domain/rating/index.ts';
import { percent, yuan } from './amounts.ts';
import { paperOf } from './assessed-firm.ts';
import { optionsOf, wholeNumberOf } from './assessed-firm.ts';
import { exitCodes, usageFor, type Command } from './command.ts';
import { readDataFile } from './firm-files.ts';

const usage = 'riskloop ratebook check | diff --proposal F | dislocate --proposal F [--firms N] [--seed N] | file --out DIR   [--json] [--lang zh|en]\n';

type Content = Awaited<ReturnType<typeof paperOf>>;
type Options = Readonly<Record<string, string | boolean | undefined>>;

/** The answer of a part of the command: its data for `--json`, its text, and whether all is well. */
interface Answer {
  readonly data: unknown;
  readonly text: (language: Language) => string;
  readonly sound: boolean;
}

const parts: Readonly<Record<string, (content: Content, options: Options) => Answer>> = { check, diff, dislocate: move, file };

/**
 * `riskloop ratebook`: checks the ratebook in force, shows what a proposal changes, what it does to an invented book, and writes the filing pack. Answers 3 when the check finds
 * something. Throws a Refusal for a proposal that cannot be read or applied.
 */
export const ratebook: Command = async (args, world) => {
  const asked = optionsOf(args, ['proposal', 'firms', 'seed', 'out']);
  const part = asked === null || asked.words.length !== 1 ? undefined : parts[asked.words[0]!];
  if (asked === null || part === undefined) {
    world.stderr(usageFor(args, usage));
    return exitCodes.badInput;
  }
  const { data, text, sound } = part(await paperOf(world), asked.values);
  world.stdout(asked.values.json === true ? `${JSON.stringify(data)}\n` : `${text(asked.values.lang === 'en' ? 'en' : 'zh')}\n`);
  return sound ? exitCodes.done : exitCodes.refused;
};

function check(content: Content): Answer {
  const data = checkRatebook(content, casesOf(content.ratebook));
  return { data, text: (language) => describeCheck(data, language), sound: data.findings.length === 0 };
}

function diff(content: Content, options: Options): Answer {
  const data = compareRatebooks(content.ratebook, proposed(content, options).ratebook);
  return { data, text: describeDifference, sound: true };

  function describeDifference(language: Language): string {
    const { from, to, parameters, structure } = data satisfies RatebookDifference;
    const lines = parameters.map(
      ({ key, title, before, after, relative }) => `  ${key} ${title[language]}: ${before} → ${after}${relative === null ? '' : ` (${percent(relative)})`}`,
    );
    return [`${from} → ${to}`, ...lines, ...structure].join('\n');
  }
}

function move(content: Content, options: Options): Answer {
  const firms = wholeNumberOf(String(options.firms ?? 300), 'firms', { least: 1, most: 20_000 });
  const seed = wholeNumberOf(String(options.seed ?? 1), 'seed', { least: 0, most: 2 ** 48 });
  const found = dislocate(inventBook(seed, firms, content.catalogue), content, proposed(content, options));
  return { data: { seed, invented: true, ...found }, text: (language) => describeDislocation(found, language), sound: true };
}

function file(content: Content, { out }: Options): Answer {
  if (typeof out !== 'string') throw new Refusal('bad-input', 'bad-argument', '`--out` names the folder for the filing pack', { field: 'out' });
  const { documents, version, hash } = makeFilingPack(content.ratebook, casesOf(content.ratebook));
  mkdirSync(out, { recursive: true });
  for (const { name, text } of documents) writeFileSync(join(out, name), text);
  const names = documents.map(({ name }) => join(out, name));
  return { data: { version, hash, files: names }, text: () => names.join('\n'), sound: true };
}

/** Today's catalogue with the proposed ratebook. */
function proposed(content: Content, { proposal }: Options): Tariff {
  if (typeof proposal !== 'string') throw new Refusal('bad-input', 'bad-argument', '`--proposal` names the file of the proposal', { field: 'proposal' });
  const { value, problems } = applyProposal(content.ratebook.file, content.parameters, readDataFile(proposal, RatebookProposal));
  if (value !== null) return { catalogue: content.catalogue, ratebook: value.ratebook };
  const faults = problems.map(({ at, message }) => ({ path: at, code: 'proposal-invalid', message }));
  throw new Refusal('bad-input', 'proposal-invalid', faults.map(({ path, message }) => `${path}: ${message}`).join('; '), { file: proposal }, faults);
}

const ratebooks = fileURLToPath(new URL('../../content/ratebooks', import.meta.url));

function casesOf({ file: { version } }: Ratebook): { name: string; value: RatebookCase }[] {
  const folder = join(ratebooks, version, 'cases');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => ({ name, value: RatebookCase.parse(parse(readFileSync(join(folder, name), 'utf8'))) }));
}

function describeCheck({ version, findings, parameters, priors, casesReproduced, tableErrors }: RatebookCheck, language: Language): string {
  const head = {
    zh: `费率 ${version}：${parameters} 个参数（其中 ${priors.length} 个为先验判断），${casesReproduced} 个算例复现，发现 ${findings.length} 个问题`,
    en: `ratebook ${version}: ${parameters} parameters (${priors.length} of them judgement priors), ${casesReproduced} cases reproduced, ${findings.length} findings`,
  };
  return [head[language], ...describeErrors(tableErrors, language), ...findings.map(({ rule, at, detail }) => `  ${rule} ${at}: ${detail}`)].join('\n');
}

function describeErrors(errors: RatebookCheck['tableErrors'], language: Language): string[] {
  if (errors === null) return [];
  const { prices, expected, tail, loaded, meanLoaded, worst } = errors;
  const [e, t, l, m] = [expected, tail, loaded, meanLoaded].map((error) => `${(100 * error).toFixed(2)} %`);
  return [
    {
      zh: `  费率表与模型相比（虚构业务 ${prices} 单）：期望损失最大偏差 ${e}，尾部 ${t}，期望损失与风险附加合计最大 ${l}（${worst}）、平均 ${m}`,
      en: `  tables against the model (invented book of ${prices}): expected loss off by at most ${e}, tail ${t}, expected loss and risk load together ${l} (${worst}), on average ${m}`,
    }[language],
  ];
}

function describeDislocation({ policies, beforeMinor, afterMinor, change, bands }: Dislocation, language: Language): string {
  const head = {
    zh: `虚构业务 ${policies} 单：保费 ${yuan(beforeMinor)} → ${yuan(afterMinor)}（${percent(change)}）`,
    en: `invented book of ${policies}: premium ${yuan(beforeMinor)} → ${yuan(afterMinor)} (${percent(change)})`,
  };
  const edge = (value: number | null): string => (value === null ? '' : percent(value));
  return [head[language], ...bands.map(({ from, to, policies: count }) => `  ${edge(from)} … ${edge(to)}: ${count}`)].join('\n');
}
