import type { Answer, AnswerValue } from './model.ts';

/** What an answer says: as it was given, and “partly” of nothing is a no wherever it is read. */
export const saidValue = ({ value, coverage }: Pick<Answer, 'value' | 'coverage'>): AnswerValue => (value === 'partly' && coverage === 0 ? 'no' : value);
