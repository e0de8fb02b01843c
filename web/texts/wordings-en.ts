import type { Words } from '../i18n.ts';

/** Texts of the wordings desk in English. */
export const wordings: Words['wordings'] = {
  kind: 'Wordings compared',
  sentence: 'The terms of {{insurers}} insurers differ in {{count}} points; for one and the same event payments may differ by half and more',
  link: 'Compare the insurers’ terms',
  differences: 'Term by term',
  differencesNote: 'Only what differs is listed. Apart from this system’s standard wording the insurers are invented.',
  item: 'Term',
  group: { whole: 'The contract as a whole', coverage: 'Coverages', scope: 'Scope' },
  documents: 'Full wordings',
  pdf: '{{insurer}}: wording as PDF',
  matrix: 'Incidents replayed',
  matrixNote:
    'Incidents with published outlines under each wording. The losses are those of invented firms and are judgement. Below each amount stands the clause that explains most of the distance to the best payer, and what having it as the other does would change.',
  incident: 'Incident',
  loss: 'Loss',
  best: 'pays most',
  waiting: 'What the waiting period does',
  waitingNote: 'Every waiting period set to the same hours, all else as it is; payments for all incidents together.',
  waitingSentence: 'Waiting period from 8 to 12 hours: {{changes}}',
  waitingChange: '{{insurer}} {{amount}}',
  hours: '{{hours}} h',
  insurer: 'Insurer',
  details: 'What happened, and sources',
  sources: 'Sources',
  assumed: 'How the amounts were set',
  explained: 'Which clauses make the distance',
  explainedRow: '{{insurer}} against {{against}}',
};
