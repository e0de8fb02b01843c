import type { Language } from '../domain/basics/index.ts';
import { exactMoney } from '../domain/notation/index.ts';
import { decideQuote, type Quote, type RepairEffect } from '../domain/underwriting/index.ts';
import { describeGate } from './assess.ts';
import { applicationFrom } from './assessed-firm.ts';
import { exitCodes, usageFor, type Command } from './command.ts';
import { readWords } from './firm-files.ts';

const usage = 'riskloop quote --profile F --answers F --package F [--report FILE]… [--kev F] [--epss F] [--json] [--lang zh|en]\n';

/**
 * `riskloop quote`: assesses, prices and decides from files, without a database. Answers 3 when the firm is declined, also with the price as an
 * indication. Throws a Refusal for input that cannot be read or rated.
 */
export const quote: Command = async (args, world) => {
  const files = readWords(args, { withCover: true });
  if (files === null) {
    world.stderr(usageFor(args, usage));
    return exitCodes.badInput;
  }
  const { application, content } = await applicationFrom(files, world);
  const decided = decideQuote(application, content);
  world.stdout(files.json ? `${JSON.stringify(published(decided))}\n` : `${describeQuote(decided, files.language)}\n`);
  return decided.outcome === 'declined' ? exitCodes.refused : exitCodes.done;
};

/** What `--json` prints; amounts in integer minor units. The worksheet is its lines, whose amounts sum to the premium before VAT. */
function published({ outcome, reasons, score, grade, gate, worksheet, repairs, versions, validUntil }: Quote) {
  return {
    outcome,
    reasons,
    score,
    grade,
    gate: { passed: gate.passed, blockers: gate.blockers },
    premium: worksheet.premium,
    worksheet: worksheet.lines,
    repairs,
    versions,
    validUntil,
  };
}

const outcomes = {
  quoted: { zh: '可承保', en: 'quoted' },
  referred: { zh: '转人工核保', en: 'referred to an underwriter' },
  declined: { zh: '暂不承保', en: 'declined' },
} as const;

function describeQuote({ outcome, reasons, score, grade, gate, worksheet, repairs }: Quote, language: Language): string {
  const { currency, total, vat } = worksheet.premium;
  const price = {
    zh: `年保费 ${exactMoney({ currency, minor: total }, 'zh')}（含增值税 ${exactMoney({ currency, minor: vat }, 'zh')}）${outcome === 'quoted' ? '' : '，仅供参考'}`,
    en: `premium ${exactMoney({ currency, minor: total }, 'en')} a year (VAT ${exactMoney({ currency, minor: vat }, 'en')} included)${outcome === 'quoted' ? '' : ', an indication only'}`,
  };
  const standing = { zh: `评分 ${score.toFixed(1)}（${grade}）`, en: `score ${score.toFixed(1)} (${grade})` };
  const notes = reasons.filter(({ guideline }) => guideline !== null).map(({ text }) => `  - ${text[language]}`);
  const heading = { zh: '整改可带来的变化：', en: 'what repairs would change:' };
  const worth = repairs
    .filter(({ label }) => label !== 'advice')
    .slice(0, 10)
    .map((repair) => describeRepair(repair, currency, language));
  return [
    outcomes[outcome][language],
    ...notes,
    standing[language],
    ...describeGate(gate, language),
    price[language],
    ...(worth.length > 0 ? [heading[language], ...worth] : []),
  ].join('\n');
}

function describeRepair({ title, scoreDelta, premiumDelta, gate }: RepairEffect, currency: Quote['cover']['currency'], language: Language): string {
  const opens = gate === 'unblocks' ? { zh: '，可达投保门槛', en: ', opens the gate' }[language] : '';
  const change = {
    zh: `评分 +${scoreDelta.toFixed(1)}，保费 ${exactMoney({ currency, minor: premiumDelta }, 'zh')}`,
    en: `score +${scoreDelta.toFixed(1)}, premium ${exactMoney({ currency, minor: premiumDelta }, 'en')}`,
  };
  return `  - ${title[language]}: ${change[language]}${opens}`;
}
