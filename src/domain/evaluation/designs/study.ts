import { usualLevel } from '../model.ts';
import { unnamedSubject, type Subject } from '../words/subject.ts';

/** How a study is computed: the seed of its random draws, the level of its intervals, and what its numbers are about. */
export interface StudySettings {
  readonly seed: number;
  readonly level: number;
  readonly subject: Subject;
}

/** Seed 1, 95 %, an unnamed indicator. */
export const usualSettings: StudySettings = { seed: 1, level: usualLevel, subject: unnamedSubject };
