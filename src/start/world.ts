import { join } from 'node:path';
import type { Content } from '../app/content.ts';
import { operations } from '../app/operations.ts';
import { createRunner, type Runner } from '../app/run.ts';
import type { Instant } from '../domain/basics/index.ts';
import { loadContent } from '../io/content/index.ts';
import { Documents } from '../io/documents/index.ts';
import { openFiles } from '../io/files/index.ts';
import { migrateIdentity, openAuthPool, openIdentity, readSecret, type Identity } from '../io/identity/index.ts';
import type { Files, Signing, ThreatFeeds } from '../io/interfaces.ts';
import { fetchFeed, openThreatFeeds } from '../io/feeds/index.ts';
import { openQueue, type OpenQueue } from '../io/jobs/index.ts';
import { openProbes } from '../io/probes/index.ts';
import { closeReportReader, readReportApart, sampleApart, unpackApart } from '../io/reading/index.ts';
import { spreadsheets } from '../io/spreadsheets/index.ts';
import { openSigning } from '../io/signing/index.ts';
import { openDatabase, type OpenDatabase } from '../io/store/index.ts';
import { systemClock } from './clock.ts';
import type { Configuration } from './configuration.ts';
import { requireDataFolder } from './data-folder.ts';
import { contentPlace } from './places.ts';

/** All parts of the system, wired. Doors are opened on it by `serve` and by the command line. */
export interface World {
  readonly configuration: Configuration;
  readonly database: OpenDatabase;
  readonly identity: Identity;
  readonly queue: OpenQueue;
  readonly files: Files;
  readonly content: Content;
  readonly feeds: ThreatFeeds;
  readonly runner: Runner;
  readonly signing: Signing;
  readonly clock: () => Instant;
  /** Ends connections and helpers; what was begun is finished or left for the next start. */
  close(): Promise<void>;
}

/** Reads the content, opens the database, and puts everything together. `onFault` hears of what goes wrong behind the scenes. */
export async function openWorld(configuration: Configuration, checkout: string, onFault: (error: unknown) => void): Promise<World> {
  const { dataDir } = configuration;
  requireDataFolder(dataDir);
  const { contentDir, feedDirs } = contentPlace(checkout, dataDir);
  const paper = loadContent({ contentDir, feedDirs: [] });
  const place = configuration.databaseUrl === null ? { dataDir } : { url: configuration.databaseUrl };
  const database = await openDatabase(place, configuration.appDatabaseUrl === null ? {} : { servingUrl: configuration.appDatabaseUrl });
  const feeds = await openThreatFeeds(database.pool, { fetch: configuration.fetchFeeds ? fetchFeed : null, folders: feedDirs }, systemClock);
  const content = withOutlook(paper, feeds);
  const { identity, closeIdentity } = await openPeople(configuration, database);
  const queue = await openQueue(database, onFault);
  const files = await openFiles(join(dataDir, 'files'));
  const documents = new Documents();
  const signing = openSigning(readSecret(dataDir));
  const runner = createRunner({
    database,
    jobs: queue,
    files,
    reading: { read: readReportApart, sample: sampleApart, unpack: unpackApart },
    documents,
    spreadsheets,
    probes: openProbes(),
    feeds,
    members: identity.members,
    signing,
    publicAddress: configuration.baseUrl,
    content,
    clock: systemClock,
    operations,
  });
  const close = async (): Promise<void> => {
    await queue.stop(5000);
    await Promise.all([closeReportReader(), documents.close(), closeIdentity()]);
    await database.close();
  };
  return { configuration, database, identity, queue, files, content, feeds, signing, runner, clock: systemClock, close };
}

/** The paper with the outlook that is in force at the moment of asking. */
const withOutlook = (paper: Content, feeds: ThreatFeeds): Content => ({
  ...paper,
  get outlook() {
    return feeds.outlook();
  },
});

async function openPeople({ dataDir, baseUrl }: Configuration, database: OpenDatabase): Promise<{ identity: Identity; closeIdentity: () => Promise<void> }> {
  const secret = readSecret(dataDir);
  await migrateIdentity({ ownerUrl: database.ownerUrl, secret, baseUrl });
  const pool = openAuthPool(database.servingUrl, 8);
  return { identity: await openIdentity({ pool, secret, baseUrl }), closeIdentity: () => pool.end() };
}
