import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { z } from 'zod';
import { savePanel } from '../app/firm-histories.ts';
import { InventedPanel, inventHistories } from '../app/invented-panel.ts';
import type { Actor } from '../app/operation.ts';
import { runSavedStudy, saveStudy } from '../app/studies.ts';
import type { World } from './world.ts';

const note = 'demo-studies';
const manager = 'manager@demo.example';

type Asked = Omit<z.input<typeof saveStudy.input>, 'source' | 'asOf'>;

const everybody = { startFrom: null, startUntil: null, industries: null, sizes: null, products: null, scoreFrom: null, scoreUntil: null };
const matched = { kind: 'matched' as const, same: ['industry' as const], near: ['score' as const], caliper: 0.6 };
const usual = { cohort: everybody, splitBy: [], followUpDays: 365, seed: 20261031, refresh: 'none' as const };

/** The studies that a visitor of the demo world finds, oldest first. */
const asked: readonly Asked[] = [
  {
    ...usual,
    question: '哪类措施最能降低出险？',
    design: 'groups',
    metrics: ['claims-frequency'],
    control: { kind: 'none' },
    splitBy: ['mfa-coverage', 'backup-coverage', 'host-detection-coverage'],
  },
  { ...usual, question: '投保企业修复漏洞是否更快？', design: 'survival', metrics: ['time-to-repair'], control: matched },
  {
    ...usual,
    question: '投保企业前后有什么变化？',
    design: 'paired',
    metrics: [
      'score',
      'mfa-coverage',
      'waf-or-hids-coverage',
      'host-detection-coverage',
      'situational-awareness-coverage',
      'backup-coverage',
      'severe-prevalence',
    ],
    control: { kind: 'none' },
  },
  { ...usual, question: '投保是否提升安全水位？', design: 'did', metrics: ['score', 'mfa-coverage', 'backup-coverage', 'severe-prevalence'], control: matched },
];

/** Once in the life of an installation: brings the invented panel along as data of the demo insurer and runs the studies on it. Answers whether it did. */
export async function playDemoStudies(world: World, checkout: string): Promise<boolean> {
  const { identity, runner, clock } = world;
  const path = join(checkout, 'content', 'demo', 'panel', 'panel.yaml');
  if (!existsSync(path) || (await identity.isNoted(note))) return false;
  const caller = await identity.callerNamed(manager);
  if (caller === null) return false;
  const actor: Actor = { ...caller, via: 'system' };
  const endMonth = clock().slice(0, 7);
  const invented = InventedPanel.parse(parse(readFileSync(path, 'utf8'), { maxAliasCount: 10 }));
  const input = { name: invented.name, source: invented.source, invented: true, histories: inventHistories(invented, endMonth) };
  const { output } = await runner.run(savePanel, { actor, input, key: 'demo-panel' });
  // The panel ends with the month before: later days would count as watched without a look.
  const asOf = `${endMonth}-01T00:00:00Z`;
  for (const [at, study] of asked.entries()) {
    const saved = await runner.run(saveStudy, { actor, input: { ...study, source: output.panel, asOf }, key: `demo-study-${at}` });
    await runner.run(runSavedStudy, { actor, input: { study: saved.output.id }, key: `demo-study-run-${at}` });
  }
  await identity.note(note);
  return true;
}
