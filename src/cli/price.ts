import { z } from 'zod';
import { assess } from '../domain/assessment/index.ts';
import type { Language, Text } from '../domain/basics/index.ts';
import { explainBlend, priceCover, type Calibration, type PriceBlend, type Worksheet } from '../domain/rating/index.ts';
import { creditRepairs, riskOf, usualCredits, type RepairCredits } from '../domain/underwriting/index.ts';
import { yuan } from './amounts.ts';
import { applicationFrom, readFirmWords, wholeNumberOf } from './assessed-firm.ts';
import { exitCodes, usageFor, type Command } from './command.ts';
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
    world.stderr(usageFor(args, usage));
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
  const blend = explain ? explainBlend(worksheet, application.cover.limitMinor, content.ratebook) : null;
  world.stdout(files.json ? `${JSON.stringify({ ...worksheet, worth, blend })}\n` : `${describePrice(worksheet, worth, blend, files.language)}\n`);
  return exitCodes.done;
};

function describeBlend({ expectedClaims, k, weight, technical, anchored, blended, chargedShare }: PriceBlend, language: Language): string[] {
  const of = ({ premiumMinor, rateOnLine }: Calibration) =>
    ({ zh: `${yuan(premiumMinor)} 元（限额的 ${share(rateOnLine)}）`, en: `${yuan(premiumMinor)} (${share(rateOnLine)} of the limit)` })[language];
  return {
    zh: [
      `两种定价的加权（不含税）：技术费率的权重 Z = E/(E + k) = ${share(weight)}，E 为业务至今的期望赔案数 ${rounded(expectedClaims)}，k = ${rounded(k)}`,
      `  技术保费：${of(technical)}，权重 ${share(weight)}`,
      `  市场锚定保费：${of(anchored)}，权重 ${share(1 - weight)}`,
      `  加权结果：${of(blended)}；与技术保费之差按 ${share(chargedShare)} 计收`,
    ],
    en: [
      `technical and market-anchored price, blended before VAT: weight of the technical Z = E/(E + k) = ${share(weight)}, E = ${rounded(expectedClaims)} expected claims of the book so far, k = ${rounded(k)}`,
      `  technical: ${of(technical)}, weight ${share(weight)}`,
      `  market-anchored: ${of(anchored)}, weight ${share(1 - weight)}`,
      `  blended: ${of(blended)}; ${share(chargedShare)} of its difference from the technical price is charged`,
    ],
  }[language];
}

/** Six significant digits, for reading; `--json` has the exact number. */
const rounded = (value: number): number => Number(value.toPrecision(6));
const share = (value: number): string => `${rounded(100 * value)}%`;

const units: Readonly<Record<string, Text>> = {
  'events/year': { zh: '次/年', en: 'a year' },
  claims: { zh: '次赔案', en: 'claims' },
  percent: { zh: '%', en: '%' },
  factor: { zh: '倍', en: 'times' },
  ln: { zh: '（对数）', en: '(log)' },
  hours: { zh: '小时', en: 'hours' },
};

/** A number of the worksheet with its unit in words; amounts in currency to the fen. */
function quantity(value: number, unit: string, currency: string, language: Language): string {
  if (unit === currency) return yuan(100 * value);
  if (unit === 'share') return share(value);
  return `${rounded(value)} ${units[unit]?.[language] ?? unit}`;
}

function describePrice({ lines, currency }: Worksheet, worth: RepairCredits | null, blend: PriceBlend | null, language: Language): string {
  const printed = lines.map(({ label, value, unit, amountMinor }) =>
    amountMinor === null ? `  ${label[language]}: ${quantity(value, unit, currency, language)}` : `+ ${label[language]}: ${yuan(amountMinor)}`,
  );
  return [...printed, ...(blend === null ? [] : describeBlend(blend, language)), ...(worth === null ? [] : describeWorth(worth, language))].join('\n');
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
