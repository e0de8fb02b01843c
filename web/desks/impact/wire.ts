import type { CohortSummary, Design, FirmHistory, PilotStudy, PublicSummary, StudyQuery, StudyResult } from '../../../src/domain/evaluation/index.ts';
import type { Text } from '../../api/wire.ts';

/** What the server answers about studies. */

interface Stamp {
  id: string;
  version: number;
  organisation: string;
  createdAt: string;
  updatedAt: string;
}

export interface RunMark {
  run: string;
  asOf: string;
  ranAt: string;
  dataHash: string;
  words: Text;
  insured: number;
  control: number;
}

export interface StudyRecord extends Stamp {
  query: StudyQuery;
  fingerprint: string;
  refresh: 'none' | 'daily';
  state: 'saved' | 'running' | 'done';
  job: string | null;
  runs: RunMark[];
}

export interface StudyRun extends Stamp {
  study: string;
  fingerprint: string;
  query: StudyQuery;
  result: StudyResult;
  dataHash: string;
  parts: { industry: Record<string, number>; size: Record<string, number> };
  ranAt: string;
}

export interface ReleaseRecord extends Stamp {
  study: string;
  run: string;
  authority: string;
  state: 'proposed' | 'approved';
  summary: PublicSummary;
  proposedBy: string;
  proposedAt: string;
  approvedBy: string | null;
  approvedAt: string | null;
}

export interface StudyChoices {
  metrics: { id: string; title: Text; unit: string; forcedByGate: boolean; designs: Design[] }[];
  splits: { id: string; title: Text }[];
  sources: { id: string; name: Text; source: Text | null; invented: boolean; firms: number | null }[];
  authorities: { id: string; name: string }[];
  silent: StudyResult['silent'];
}

export interface CohortPreview {
  cohort: CohortSummary;
  choices: { industries: string[]; sizes: string[]; products: string[]; firstStart: string | null; lastStart: string | null };
}

export type AskedStudy = Omit<StudyQuery, 'versions'> & { refresh: 'none' | 'daily' };

export type { Design, FirmHistory, PilotStudy, StudyQuery, StudyResult };
