import type { Text } from '../domain/basics/index.ts';
import { exitCodes, type Command } from './command.ts';

/** A command that needs no database. Its code is loaded only when it is asked for. */
export interface PlainCommand {
  readonly summary: Text;
  readonly usage: string;
  /** What else `riskloop help` says of it. */
  readonly note?: Text;
  readonly load: () => Promise<Command>;
}

const printSchemas = async (): Promise<Command> => {
  const { inputSchemas } = await import('./schemas.ts');
  return async ([name], world) => {
    const schemas = inputSchemas();
    if (name !== undefined && !Object.hasOwn(schemas, name)) {
      world.stderr(`schemas: ${Object.keys(schemas).join(', ')}\n`);
      return exitCodes.badInput;
    }
    world.stdout(`${JSON.stringify(name === undefined ? schemas : schemas[name as keyof typeof schemas], null, 2)}\n`);
    return exitCodes.done;
  };
};

const severalReports: Text = {
  zh: '可一次给出不同日期的多份报告：同一工具后来的报告再次查找过、且不再报告的发现视为已解决，与门户的计法一致。',
  en: 'Reports of several days may be given together: what a later report of the same tool looked for again and no longer shows is settled, as in the portal.',
};

export const plainCommands: Readonly<Record<string, PlainCommand>> = {
  read: {
    summary: { zh: '读取扫描报告', en: 'Read scanner reports' },
    usage: 'riskloop read FILE… [--json] [--lang zh|en]',
    load: async () => (await import('./read.ts')).read,
  },
  assess: {
    summary: { zh: '依据文件评估一家企业', en: 'Assess a firm from files' },
    usage: 'riskloop assess --profile F --answers F [--report FILE]… [--kev F] [--epss F] [--scoring PROFILE] [--json] [--lang zh|en]',
    note: severalReports,
    load: async () => (await import('./assess.ts')).assess,
  },
  quote: {
    summary: { zh: '依据文件评估、定价并核保', en: 'Assess, price and decide from files' },
    usage: 'riskloop quote --profile F --answers F --package F [--report FILE]… [--kev F] [--epss F] [--json] [--lang zh|en]',
    note: severalReports,
    load: async () => (await import('./quote.ts')).quote,
  },
  price: {
    summary: { zh: '逐步说明价格，以及每项整改的价值', en: 'Show every step of the price and what each repair is worth' },
    usage:
      'riskloop price --profile F --answers F --package F [--report FILE]… [--kev F] [--epss F] [--explain] [--costs F] [--orders N] [--seed N] [--json] [--lang zh|en]',
    note: severalReports,
    load: async () => (await import('./price.ts')).price,
  },
  optimise: {
    summary: { zh: '在预算内选择整改措施与保险的组合', en: 'Choose repairs and cover together inside a budget' },
    usage:
      'riskloop optimise --profile F --answers F --package F [--report FILE]… [--budget YUAN] [--costs F] [--covers F] [--measures N] [--json] [--lang zh|en]',
    note: severalReports,
    load: async () => (await import('./optimise.ts')).optimise,
  },
  exposure: {
    summary: { zh: '量化企业的风险暴露与保障充足度', en: 'Quantify what a firm stands to lose and whether its cover suffices' },
    usage: 'riskloop exposure --profile F --answers F --package F [--report FILE]… [--kev F] [--epss F] [--json] [--lang zh|en]',
    note: severalReports,
    load: async () => (await import('./exposure.ts')).exposure,
  },
  ratebook: {
    summary: { zh: '检查费率、比较提案、测算影响、生成备案文件', en: 'Check the ratebook, compare a proposal, measure its dislocation, write the filing pack' },
    usage: 'riskloop ratebook check | diff --proposal F | dislocate --proposal F [--firms N] [--seed N] | file --out DIR   [--json] [--lang zh|en]',
    load: async () => (await import('./ratebook.ts')).ratebook,
  },
  wording: {
    summary: { zh: '生成条款、比较各保险人条款、用已发生的事件回放', en: 'Render a wording, compare the insurers’ terms, replay published incidents' },
    usage:
      'riskloop wording render | compare | replay  [--insurer ID]… [--package F] [--pdf F] [--incident ID]… [--waiting HOURS]… [--trace] [--all] [--json] [--lang zh|en]',
    load: async () => (await import('./wording.ts')).wording,
  },
  evaluate: {
    summary: { zh: '检验安全是否改善、损失是否下降', en: 'Test whether security got better and losses fell' },
    usage:
      'riskloop evaluate --design paired|groups|did|survival --data F.csv [--metric ID] [--seed N] [--json] [--lang zh|en]\n  columns: paired unit,before,after · groups unit,group,value[,exposure] · did unit,group,period,value · survival unit[,cluster][,group],time,event',
    load: async () => (await import('./evaluate.ts')).evaluate,
  },
  verify: {
    summary: { zh: '离线核验评估报告的签名', en: 'Check the signature of an assessment report, offline' },
    usage: 'riskloop verify FILE.pdf --signature FILE.json [--key FINGERPRINT] [--json] [--lang zh|en]',
    load: async () => (await import('./verify.ts')).verify,
  },
  schemas: {
    summary: { zh: '输出输入文件的 JSON Schema', en: 'Print the JSON Schemas of the input files' },
    usage: 'riskloop schemas [profile|answers|package]',
    load: printSchemas,
  },
};
