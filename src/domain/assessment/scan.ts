import type { Instant } from '../basics/index.ts';
import type { ScannerReport } from './finding.ts';
import type { Scan } from './model.ts';

/** What a report says was looked at: dated by the end of the scan, else its start, else by its upload, which is then marked as assumed. */
export const scanOf = (
  report: Pick<ScannerReport, 'format' | 'assets' | 'scannedFrom' | 'scannedTo' | 'incomplete' | 'extent'>,
  uploadedAt: Instant,
): Scan => ({
  format: report.format,
  at: report.scannedTo ?? report.scannedFrom ?? uploadedAt,
  assets: [...report.assets],
  ...(report.scannedTo === null && report.scannedFrom === null ? { dateAssumed: true as const } : {}),
  ...(report.incomplete === undefined ? {} : { incomplete: report.incomplete }),
  ...(report.extent === undefined ? {} : { extent: report.extent }),
});

/** The scans whose silence says something: those that ran to their end. */
export const completeScans = (scans: readonly Scan[]): Scan[] => scans.filter(({ incomplete }) => incomplete === undefined);
