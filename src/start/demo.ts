import { createReadStream, existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { loadDemoWorld, openDemoScheme, type DemoFirm } from '../app/demo.ts';
import type { Actor } from '../app/operation.ts';
import { Answers } from '../domain/assessment/index.ts';
import { RequestedCover } from '../domain/catalogue/index.ts';
import { FirmProfile, MemberRole, OrganisationKind } from '../domain/parties/index.ts';
import type { World } from './world.ts';

const Person = z.strictObject({
  id: z.string(),
  email: z.email(),
  name: z.string(),
  memberships: z.array(z.strictObject({ organisation: z.string(), roles: z.array(MemberRole).min(1) })).min(1),
});

/** `content/demo/world.yaml`: who lives in the demo world, and how far each invented firm is when somebody looks for the first time. */
const DemoWorld = z.strictObject({
  organisations: z.array(z.strictObject({ id: z.string(), name: z.string(), kind: OrganisationKind })),
  people: z.array(Person),
  /** `folder` names both `content/demo/firms/<folder>` and `content/demo/reports/<folder>`; `owner` is one of the people. */
  firms: z.array(
    z.strictObject({
      folder: z.string().regex(/^[a-z0-9-]+$/),
      owner: z.email(),
      until: z.enum(['assessed', 'quoted', 'bound']),
      subsidy: z.strictObject({ package: z.string(), region: z.string() }).optional(),
    }),
  ),
  /** Subsidy schemes that an officer has opened. */
  schemes: z.array(z.strictObject({ scheme: z.string(), officer: z.email() })),
});
export type DemoWorld = z.infer<typeof DemoWorld>;

const demoDir = (checkout: string): string => join(checkout, 'content', 'demo');
const readYaml = (path: string): unknown => parse(readFileSync(path, 'utf8'), { maxAliasCount: 100 });

export function readDemoWorld(checkout: string): DemoWorld | null {
  const path = join(demoDir(checkout), 'world.yaml');
  return existsSync(path) ? DemoWorld.parse(readYaml(path)) : null;
}

/** Enters the invented organisations and people; those that are there already stay as they are. */
export async function enterDemoPeople({ identity, configuration }: World, { organisations, people }: DemoWorld): Promise<void> {
  await identity.seed(
    organisations,
    people.map((person) => ({ ...person, password: configuration.demoPassword })),
  );
}

/** Once in the life of an installation, lets the invented firms go through the system's own operations; the worker must be running. Answers whether it did. */
export async function playDemoWorld(world: World, { firms, schemes }: DemoWorld, checkout: string): Promise<boolean> {
  const { identity, runner, files, clock } = world;
  if (await identity.isNoted('demo-world')) return false;
  for (const { scheme, officer } of schemes) await openDemoScheme(scheme, await actorFor(world, officer), runner);
  const invented = await Promise.all(firms.map((firm) => readFirm(world, firm, checkout)));
  await loadDemoWorld(invented, { runner, files, clock, wait });
  await identity.note('demo-world');
  return true;
}

async function readFirm(world: World, { folder, owner, until, subsidy }: DemoWorld['firms'][number], checkout: string): Promise<DemoFirm> {
  const firm = join(demoDir(checkout), 'firms', folder);
  const reports = join(demoDir(checkout), 'reports', folder);
  return {
    owner: await actorFor(world, owner),
    profile: FirmProfile.parse(readYaml(join(firm, 'profile.yaml'))),
    answers: Answers.parse(readYaml(join(firm, 'answers.yaml'))),
    cover: RequestedCover.parse(readYaml(join(firm, 'package.yaml'))),
    reports: reportNames(reports).map((name) => ({ name, open: () => createReadStream(join(reports, name)) })),
    until,
    subsidy: subsidy ?? null,
  };
}

/** The reports handed in at first; sub-folders hold what comes later in the story. */
const reportNames = (dir: string): string[] =>
  existsSync(dir)
    ? readdirSync(dir, { withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.name.endsWith('.md'))
        .map(({ name }) => name)
        .sort()
    : [];

async function actorFor({ identity }: World, email: string): Promise<Actor> {
  const caller = await identity.callerNamed(email);
  if (caller === null) throw new Error(`the demo world has nobody with the address ${email}`);
  return { ...caller, via: 'system' };
}
