import type { DecisionTerms } from '../../../../src/domain/underwriting/index.ts';
import type { QuoteRecord, SubmissionRecord } from '../../../api/wire.ts';
import type { components } from '../../../api/schema.d.ts';

type Schemas = components['schemas'];

/** What the server answers about cases. */
export type CaseRow = Schemas['CaseRow'];
export interface CaseView extends Omit<Schemas['CaseView'], 'offers' | 'submission'> {
  offers: QuoteRecord[];
  submission: SubmissionRecord;
}
export type CaseQueue = CaseRow['queue'];
export type Preview = Schemas['DecisionPreview'];
export type Decided = Schemas['ReferralDecided'];
export interface Progress extends Omit<Schemas['SubmissionProgress'], 'offers'> {
  offers: QuoteRecord[];
}
export type ContingencyRecord = Schemas['ContingencyRecord'];
export type Level = CaseView['desk']['levels'][number];
export type { DecisionTerms };
