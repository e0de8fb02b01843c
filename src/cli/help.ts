import type { Operation } from '../app/operation.ts';
import { fieldSchema, inputSchema, type JsonSchema } from '../app/words.ts';
import type { Language } from '../domain/basics/index.ts';
import { plainCommands } from './commands.ts';

/** Every command with what it does. */
export function listCommands(operations: readonly Operation[], language: Language): string {
  const width = Math.max(...[...Object.keys(plainCommands), ...operations.map(({ name }) => name)].map((name) => name.length)) + 2;
  const line = (name: string, summary: string): string => `  ${name.padEnd(width)}${summary}`;
  const words = {
    zh: {
      head: '闭环保 riskloop — 评估、整改、承保、监测、理赔、验证',
      plain: '无需数据库：',
      stored: '对数据库中的数据（以 --as 邮箱 或 环境变量 RISKLOOP_KEY 表明身份）：',
      more: '详情：riskloop help 命令    语言：--lang zh|en    退出码：0 完成 2 输入有误 3 被规则拒绝 1 故障',
    },
    en: {
      head: 'riskloop — assess, treat, insure, watch, settle, prove',
      plain: 'Without a database:',
      stored: 'On the stored data (say who you are by --as EMAIL or the variable RISKLOOP_KEY):',
      more: 'More: riskloop help COMMAND    language: --lang zh|en    exit codes: 0 done, 2 bad input, 3 refused by a rule, 1 failure',
    },
  }[language];
  return [
    words.head,
    '',
    words.plain,
    ...Object.entries(plainCommands).map(([name, { summary }]) => line(name, summary[language])),
    '',
    words.stored,
    ...operations.map(({ name, summary }) => line(name, summary[language])),
    '',
    words.more,
  ].join('\n');
}

/** How one command is used; null when there is none of that name. */
export function describeCommand(name: string, operations: readonly Operation[], language: Language): string | null {
  const plain = plainCommands[name];
  if (plain !== undefined) return [plain.summary[language], '', `  ${plain.usage}`, ...(plain.note ? ['', plain.note[language]] : [])].join('\n');
  const operation = operations.find((one) => one.name === name);
  return operation === undefined ? null : describeOperation(operation, language);
}

function describeOperation({ name, summary, input, effect, http }: Operation, language: Language): string {
  const described = inputSchema(input);
  const required = new Set(described.required ?? []);
  const must = { zh: '必填', en: 'required' }[language];
  const fields = Object.keys(described.properties ?? {}).map(
    (field) => `  --${field}  ${typeOf(fieldSchema(described, field), language)}${required.has(field) ? `  ${must}` : ''}`,
  );
  const document = http?.body === 'document' ? ['  --out FILE'] : [];
  const key = effect === 'read' ? [] : [`  --key TEXT  ${{ zh: '同一幂等键只生效一次', en: 'the same key has its effect once' }[language]}`];
  const nested = { zh: '嵌套内容用 --input 文件.json 给出', en: 'give nested content by --input FILE.json' }[language];
  return [summary[language], '', `  riskloop ${name} --as EMAIL [--json]`, ...fields, ...document, ...key, '', nested].join('\n');
}

function typeOf(schema: JsonSchema | undefined, language: Language): string {
  if (schema?.enum !== undefined) return schema.enum.join('|');
  if (schema?.type === 'array') return `${typeOf(schema.items as JsonSchema | undefined, language)} …`;
  return typeof schema?.type === 'string' && schema.type !== 'object' ? schema.type : { zh: '（用 --input）', en: '(by --input)' }[language];
}
