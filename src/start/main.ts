import { fileURLToPath } from 'node:url';
import { Refusal } from '../domain/basics/index.ts';
import { requireAddress } from './address.ts';
import { readConfiguration, type Configuration } from './configuration.ts';
import { enterDemoPeople, playDemoWorld, readDemoWorld, type DemoWorld } from './demo.ts';
import { playDemoStudies } from './demo-studies.ts';
import { serve } from './serve.ts';
import { openWorld, type World } from './world.ts';

/** The server process: everything comes up, the address is printed, a signal takes everything down in order. */

const checkout = fileURLToPath(new URL('../..', import.meta.url));

async function main(): Promise<void> {
  const began = performance.now();
  const configuration = readConfiguration(process.env, checkout);
  await requireAddress(configuration);
  const world = await openWorld(configuration, checkout, (error) => console.error(String(error)));
  try {
    await open(world, began);
  } catch (error) {
    await world.close();
    throw error;
  }
}

async function open(world: World, began: number): Promise<void> {
  const { configuration } = world;
  const demo = configuration.demo ? readDemoWorld(checkout) : null;
  if (demo !== null) await enterDemoPeople(world, demo);
  const { address, stop } = await serve(world, checkout);
  stopOnSignal(stop);
  say(configuration, address, demo, performance.now() - began);
  if (demo !== null) await fillDemoWorld(world, demo);
}

/** The portal is open meanwhile; a demo world that cannot be filled must not take it down. */
async function fillDemoWorld(world: World, demo: DemoWorld): Promise<void> {
  const began = performance.now();
  try {
    await playDemoStudies(world, checkout);
    if (await playDemoWorld(world, demo, checkout)) console.log(`演示数据已就绪 demo data ready (${((performance.now() - began) / 1000).toFixed(1)} s)`);
  } catch (error) {
    console.error(
      '演示数据未能载入，下次启动会继续。The demo data could not be loaded; the next start goes on with it.',
      error instanceof Refusal ? error.message : error,
    );
  }
}

function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      console.log('正在停止… stopping …');
      void stop().then(() => process.exit(0), fail);
    });
  }
}

function say({ baseUrl, dataDir, demoPassword, databaseUrl }: Configuration, address: string, demo: DemoWorld | null, tookMs: number): void {
  const lines = [
    `闭环保已启动 Riskloop is up (${(tookMs / 1000).toFixed(1)} s)`,
    `  门户 portal  ${baseUrl.endsWith(':0') ? address : baseUrl}`,
    `  接口 API     ${address}/api/docs`,
    `  数据 data    ${databaseUrl === null ? dataDir : 'DATABASE_URL'}`,
  ];
  if (demo !== null) lines.push(`  演示账号 demo sign-ins (密码 password: ${demoPassword})`, ...demo.people.map(({ email, name }) => `    ${email}  ${name}`));
  console.log(lines.join('\n'));
}

function fail(error: unknown): never {
  console.error(error instanceof Refusal ? error.message : `启动失败 the start failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(error instanceof Refusal && error.kind === 'bad-input' ? 2 : 1);
}

main().catch(fail);
