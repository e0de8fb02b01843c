import { z } from 'zod';
import { assess } from '../domain/assessment/index.ts';
import type { Language } from '../domain/basics/index.ts';
import { priceCover, type Worksheet } from '../domain/rating/index.ts';
import { creditRepairs, riskOf, usualCredits, type RepairCredits } from '../domain/underwriting/index.ts';
import { yuan } from './amounts.ts';
import { applicationFrom, readFirmWords, wholeNumberOf } from './assessed-firm.ts';
import { exitCodes, type Command } from './command.ts';
import { readDataFile } from './firm-files.ts';

const usage =
  'riskloop price --profile F --answers F --package F [--report FILE]… [--kev F] [--epss F] [--explain] [--costs F] [--orders N] [--seed N] [--json] [--lang zh|en]\n';

/** `--costs`: yearly cost of a repair by its id, minor units. */
export const RepairCosts = z.record(z.string().max(200), z.int().min(0));

/**
 * `riskloop price`: the price with every step, and with `--explain` what each repair is worth alone, last and as its Shapley value. Throws a Refusal for input that cannot be
 * read or rated.
 */
export const price: Command = async (args, world) => {
  const explain = args.includes('--explain');
  const asked = readFirmWords(
    args.filter((word) => word !== '--explain'),
    ['costs', 'orders', 'seed'],
  );
  if (asked === null) {
    world.stderr(usage);
    return exitCodes.badInput;
  }
  const { files, own } = asked;
  const { application, content } = await applicationFrom(files, world);
  const { security } = assess(application, content.assessmentBasis);
  const worksheet = priceCover({ ...riskOf(application), security }, content);
  const settings = {
    ...usualCredits,
    costs: own.costs === undefined ? {} : readDataFile(own.costs, RepairCosts),
    orders: own.orders === undefined ? usualCredits.orders : wholeNumberOf(own.orders, 'orders', { least: 4, most: 4096 }),
    seed: own.seed === undefined ? usualCredits.seed : wholeNumberOf(own.seed, 'seed', { least: 0, most: 2 ** 48 }),
  };
  const worth = explain ? creditRepairs(application, content, settings) : null;
  world.stdout(files.json ? `${JSON.stringify({ ...worksheet, worth })}\n` : `${describePrice(worksheet, worth, files.language)}\n`);
  return exitCodes.done;
};

function describePrice(worksheet: Worksheet, worth: RepairCredits | null, language: Language): string {
  const lines = worksheet.lines.map(({ label, value, unit, amountMinor }) =>
    amountMinor === null ? `  ${label[language]}: ${Number(value.toPrecision(6))} ${unit}` : `+ ${label[language]}: ${yuan(amountMinor)}`,
  );
  return [...lines, ...(worth === null ? [] : describeWorth(worth, language))].join('\n');
}

function describeWorth({ todayMinor, bestMinor, credits, orders }: RepairCredits, language: Language): string[] {
  const head = {
    zh: `全部整改后的保费 ${yuan(bestMinor)}（目前 ${yuan(todayMinor)}）；各项的公平份额（Shapley 值${orders === null ? '，精确' : `，抽样 ${orders} 种次序`}）：`,
    en: `premium after all repairs ${yuan(bestMinor)} (today ${yuan(todayMinor)}); fair parts (Shapley values, ${orders === null ? 'exact' : `${orders} orders drawn`}):`,
  };
  const line = ({ title, shapleyMinor, errorMinor, aloneMinor }: RepairCredits['credits'][number]): string =>
    ({
      zh: `  - ${title.zh}：${yuan(shapleyMinor)} ± ${yuan(errorMinor)}；单独完成 ${yuan(aloneMinor)}`,
      en: `  - ${title.en}: ${yuan(shapleyMinor)} ± ${yuan(errorMinor)}; alone ${yuan(aloneMinor)}`,
    })[language];
  return [head[language], ...credits.map(line)];
}
