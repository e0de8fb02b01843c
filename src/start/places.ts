import { join } from 'node:path';

/** Where the insurer's paper and the threat feeds lie: feeds that were fetched into the data folder win over those of the demo world. */
export const contentPlace = (checkout: string, dataDir: string | null) => ({
  contentDir: join(checkout, 'content'),
  feedDirs: [...(dataDir === null ? [] : [join(dataDir, 'feeds')]), join(checkout, 'content', 'demo', 'threats')],
});
