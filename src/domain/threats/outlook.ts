import { hashData } from '../basics/index.ts';
import type { EpssScores } from './feeds/epss.ts';
import type { KevCatalogue } from './feeds/kev.ts';
import type { ThreatFacts, ThreatOutlook, ThreatSource } from './model.ts';

/**
 * The threat intelligence of one day from the feeds that are at hand; a feed that is not there is null, and then nothing is known of its kind.
 * The version is the hash of every entry, so equal content has an equal version whatever order or format it came in.
 */
export function buildOutlook(feeds: { kev: KevCatalogue | null; epss: EpssScores | null }): ThreatOutlook {
  const kev = feeds.kev?.entries ?? new Map<string, never>();
  const epss = feeds.epss?.scores ?? new Map<string, never>();
  return {
    version: contentHash(feeds),
    sources: sourcesOf(feeds),
    of: (cve): ThreatFacts => {
      const listed = kev.get(cve);
      return {
        knownExploited: listed !== undefined,
        knownRansomware: listed?.knownRansomware ?? false,
        listedOn: listed?.listedOn ?? null,
        epss: epss.get(cve) ?? null,
      };
    },
  };
}

function contentHash({ kev, epss }: { kev: KevCatalogue | null; epss: EpssScores | null }): string {
  const listed = [...(kev?.entries.values() ?? [])].map((e) => `${e.cve} ${e.listedOn} ${e.knownRansomware}`).sort();
  const scored = [...(epss?.scores ?? [])].map(([cve, score]) => `${cve} ${score}`).sort();
  return hashData({ kev: kev === null ? null : listed.join('\n'), epss: epss === null ? null : scored.join('\n'), model: epss?.model ?? null });
}

function sourcesOf({ kev, epss }: { kev: KevCatalogue | null; epss: EpssScores | null }): ThreatSource[] {
  const sources: ThreatSource[] = [];
  if (kev !== null) sources.push({ kind: 'kev', version: kev.version ?? kev.date ?? 'unstated', date: kev.date, entries: kev.entries.size });
  if (epss !== null) sources.push({ kind: 'epss', version: epss.model ?? 'unstated', date: epss.date, entries: epss.scores.size });
  return sources;
}
