import { createReadStream, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parse } from 'yaml';
import { loadDemoWorld } from '../src/app/demo.ts';
import { Answers } from '../src/domain/assessment/index.ts';
import { RequestedCover } from '../src/domain/catalogue/index.ts';
import { FirmProfile } from '../src/domain/parties/index.ts';
import { checkout, type WholeSystem } from './world.ts';

const demo = (...path: string[]): string => join(checkout, 'content', 'demo', ...path);
const yaml = (...path: string[]): unknown => parse(readFileSync(demo(...path), 'utf8'));

/** The profile of a firm of the demo world. */
export const profileOf = (firm: string): FirmProfile => FirmProfile.parse(yaml('firms', firm, 'profile.yaml'));

/** The invented consultancy of `one@example.com`, quoted by or bound with the insurer through the system's own operations. */
export async function loadAdvisory({ runner, files, clock, identity }: WholeSystem['world'], until: 'quoted' | 'bound'): Promise<void> {
  const owner = { ...(await identity.callerNamed('one@example.com'))!, via: 'system' as const };
  const reports = readdirSync(demo('reports', 'advisory'), { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.md'))
    .map(({ name }) => ({ name, open: () => createReadStream(demo('reports', 'advisory', name)) }));
  const firm = {
    ...{ owner, reports, until, subsidy: null },
    profile: profileOf('advisory'),
    answers: Answers.parse(yaml('firms', 'advisory', 'answers.yaml')),
    cover: RequestedCover.parse(yaml('firms', 'advisory', 'package.yaml')),
  };
  await loadDemoWorld([firm], { runner, files, clock, wait });
}
