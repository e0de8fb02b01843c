import { expect, test } from 'vitest';
import { Refusal } from '../domain/basics/index.ts';
import { readConfiguration } from './configuration.ts';

const checkout = process.cwd();

function faultsOf(env: Record<string, string>): string[] {
  try {
    readConfiguration(env, checkout);
  } catch (error) {
    if (error instanceof Refusal) return error.faults.map(({ path }) => path);
    throw error;
  }
  return [];
}

test('an empty environment gives a portal for this machine only, with the demo world', () => {
  expect(readConfiguration({}, checkout)).toMatchObject({
    host: '127.0.0.1',
    port: 8787,
    baseUrl: 'http://127.0.0.1:8787',
    databaseUrl: null,
    demo: true,
    metricsKey: null,
  });
});

test('every variable that makes no sense is named at once', () => {
  expect(
    faultsOf({
      PORT: '99999',
      LOG_LEVEL: 'loud',
      DATABASE_URL: 'mysql://x',
      BASE_URL: 'ftp://x',
      REQUESTS_PER_MINUTE: '0',
      METRICS_KEY: 'short',
      TRUSTED_PROXIES: 'my proxy',
    }).sort(),
  ).toEqual(['BASE_URL', 'DATABASE_URL', 'LOG_LEVEL', 'METRICS_KEY', 'PORT', 'REQUESTS_PER_MINUTE', 'TRUSTED_PROXIES']);
  expect(readConfiguration({ TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8' }, checkout).trustedProxies).toEqual(['127.0.0.1', '10.0.0.0/8']);
  expect(faultsOf({ PORT: '8787.5' })).toEqual(['PORT']);
  expect(faultsOf({ PORT: '' })).toEqual([]);
});

test('others can reach a demo world only under a password that somebody chose', () => {
  expect(readConfiguration({ HOST: '0.0.0.0' }, checkout).demo).toBe(false);
  expect(faultsOf({ HOST: '0.0.0.0', DEMO: 'on' })).toEqual(['DEMO_PASSWORD']);
  expect(faultsOf({ HOST: '0.0.0.0', DEMO: 'on', DEMO_PASSWORD: 'short' })).toEqual(['DEMO_PASSWORD']);
  expect(readConfiguration({ HOST: '0.0.0.0', DEMO: 'on', DEMO_PASSWORD: 'chosen by somebody' }, checkout)).toMatchObject({
    demo: true,
    demoPassword: 'chosen by somebody',
  });
});
