import { z } from 'zod';
import { Refusal, Text } from '../domain/basics/index.ts';
import { DutyFindings, ResponsibilityMatrix, SplitLine, respondToWaivers, sayClause, splitByFault } from '../domain/catalogue/index.ts';
import { amount, exportOf } from './exports.ts';
import { operation } from './operation.ts';

const share = z.number();
const minor = z.int();

/** Waived shares at which the provider's best response is shown. */
export const usualWaivers: readonly number[] = [0, 0.25, 0.5, 0.75, 1];

/** Who bears what after a fault finding, line by line, and what the provider would do under other waivers. */
export const FaultSplit = z
  .strictObject({
    fault: z.strictObject({ insured: share, provider: share, others: share }),
    shared: z.strictObject({
      paidMinor: minor,
      providerToInsuredMinor: minor,
      providerToInsurerMinor: minor,
      insuredBearsMinor: minor,
      insurerBearsMinor: minor,
      providerBearsMinor: minor,
    }),
    trace: z.array(SplitLine),
    clause: Text,
    responses: z.array(z.strictObject({ waivedShare: share, providerBearsMinor: minor, effort: Text, probability: share })),
  })
  .meta({ id: 'FaultSplit' });

/** The split of a loss under a matrix. Throws what `splitByFault` throws. */
export const splitUnder = (matrix: ResponsibilityMatrix, findings: DutyFindings): z.infer<typeof FaultSplit> => ({
  ...splitByFault(matrix, findings),
  shared: { ...splitByFault(matrix, findings).shared },
  clause: sayClause(matrix),
  responses: respondToWaivers(matrix, findings, usualWaivers),
});

export const listResponsibilityMatrices = operation({
  name: 'listResponsibilityMatrices',
  module: 'catalogue',
  summary: { zh: '责任矩阵', en: 'List the responsibility matrices of insured services with their co-responsibility clauses' },
  who: 'catalogue:read',
  input: z.strictObject({}),
  output: z.strictObject({ matrices: z.array(ResponsibilityMatrix.extend({ said: Text }).meta({ id: 'SaidMatrix' })) }),
  http: { method: 'GET', path: '/responsibility-matrices', status: 200, body: 'json' },
  effect: 'read',
  run: async ({ content }) => ({ matrices: [...content.responsibilities.values()].map((matrix) => ({ ...matrix, said: sayClause(matrix) })) }),
});

export const exportResponsibilityMatrices = exportOf(listResponsibilityMatrices, {
  rows: ({ matrices }) => matrices.flatMap((matrix) => matrix.duties.map((duty) => ({ matrix, duty }))),
  columns: [
    ['text', '服务', 'Service', ({ matrix }, language) => matrix.title[language]],
    ['prose', '责任事项', 'Duty', ({ duty }, language) => duty.title[language]],
    ['text', '执行', 'Responsible', ({ duty }) => duty.responsible],
    ['text', '负责', 'Accountable', ({ duty }) => duty.accountable],
    ['text', '咨询', 'Consulted', ({ duty }) => duty.consulted.join('; ')],
    ['text', '知会', 'Informed', ({ duty }) => duty.informed.join('; ')],
    ['money', '责任上限', 'Liability cap', ({ matrix }) => amount(matrix.currency, matrix.liabilityCapMinor)],
  ],
});

export const splitFault = operation({
  name: 'splitFault',
  module: 'catalogue',
  summary: { zh: '按过错分担损失', en: 'Split a loss of an insured service between insured, insurer and provider after a fault finding' },
  who: 'catalogue:read',
  input: z.strictObject({ matrix: z.string().max(100), findings: DutyFindings }),
  output: FaultSplit,
  http: { method: 'POST', path: '/responsibility-matrices/{matrix}/split', status: 200, body: 'json' },
  effect: 'read',
  run: async ({ content }, { matrix: name, findings }) => {
    const matrix = content.responsibilities.get(name);
    if (matrix === undefined) throw new Refusal('absent', 'unknown-matrix', `there is no responsibility matrix \`${name}\``, { matrix: name });
    return splitUnder(matrix, findings);
  },
});

export const coResponsibilityOperations = [listResponsibilityMatrices, exportResponsibilityMatrices, splitFault];
