import type { Text } from '../domain/basics/index.ts';
import { exitCodes, type Command } from './command.ts';

/** A command that needs no database. Its code is loaded only when it is asked for. */
export interface PlainCommand {
  readonly summary: Text;
  readonly usage: string;
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

export const plainCommands: Readonly<Record<string, PlainCommand>> = {
  read: {
    summary: { zh: '读取扫描报告', en: 'Read scanner reports' },
    usage: 'riskloop read FILE… [--json] [--lang zh|en]',
    load: async () => (await import('./read.ts')).read,
  },
  assess: {
    summary: { zh: '依据文件评估一家企业', en: 'Assess a firm from files' },
    usage: 'riskloop assess --profile F --answers F [--report FILE]… [--kev F] [--epss F] [--json] [--lang zh|en]',
    load: async () => (await import('./assess.ts')).assess,
  },
  quote: {
    summary: { zh: '依据文件评估、定价并核保', en: 'Assess, price and decide from files' },
    usage: 'riskloop quote --profile F --answers F --package F [--report FILE]… [--kev F] [--epss F] [--json] [--lang zh|en]',
    load: async () => (await import('./quote.ts')).quote,
  },
  evaluate: {
    summary: { zh: '检验安全是否改善、损失是否下降', en: 'Test whether security got better and losses fell' },
    usage: 'riskloop evaluate --design paired|groups|did|survival --data F.csv [--metric ID] [--seed N] [--json] [--lang zh|en]',
    load: async () => (await import('./evaluate.ts')).evaluate,
  },
  schemas: {
    summary: { zh: '输出输入文件的 JSON Schema', en: 'Print the JSON Schemas of the input files' },
    usage: 'riskloop schemas [profile|answers|package]',
    load: printSchemas,
  },
};
