import { decideReferral, signReferral } from './case-decisions.ts';
import { holdCase, leaveCase } from './case-hold.ts';
import { previewReferral } from './case-preview.ts';
import { claimCase, claimNextCase, exportCases, listCases, noteCase } from './case-queue.ts';
import { clearScreeningHit, releaseCases, releaseClearance } from './case-releases.ts';
import { getCase } from './case-view.ts';
import { previewConditionWaiver, waiveCondition } from './case-waivers.ts';

export const workbenchOperations = [
  listCases,
  exportCases,
  getCase,
  holdCase,
  leaveCase,
  claimCase,
  claimNextCase,
  noteCase,
  previewReferral,
  decideReferral,
  signReferral,
  previewConditionWaiver,
  waiveCondition,
  releaseCases,
  releaseClearance,
  clearScreeningHit,
];
