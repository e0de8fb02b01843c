import type { Words } from '../i18n.ts';

/** Texts about cover in English: the wording of a policy, composing cover. */
export const cover: Words['cover'] = {
  wording: {
    title: 'Wording',
    note: 'The wording that was pinned to the policy on the day of binding, written for your limits, retention and waiting periods; a claim is computed by the same terms. Underlined words open their meaning.',
    edition: 'Edition',
    hash: 'Hash (SHA-256)',
    intact: 'as it was bound',
    changed: 'differs from the hash at binding; ask the insurer',
    pdf: 'Wording as PDF',
    asOf: 'Wording as of a day',
    asOfHelp: 'The wording in force is shown unless you choose a day.',
    asOfPast: 'You are reading the wording in force on {{date}}; for reading only.',
    back: 'Back to the wording in force',
    article: 'Article {{n}}',
    source: 'Source: {{source}}',
    none: 'This policy was bound before wordings were kept with policies.',
  },
  trial: {
    title: 'Try an incident on this policy',
    note: 'Choose a published incident: what happened is true, the amounts are those of an invented firm. Every line names its article.',
    incident: 'Incident',
    sentence: 'Of a loss of {{loss}} this policy pays {{paid}}.',
    line: 'Step',
    article: 'Article',
    in: 'Amount in',
    out: 'Amount out',
    taken: 'Taken off',
    notTaken: 'Coverage not taken',
  },
};
