import { z } from 'zod';
import { Confidence, Day, Provenance, Text, type Built, type ContentProblem, type Lifecycle, type Parameter, type ParameterSet } from '../../basics/index.ts';
import { buildRatebook, keysOf, type Ratebook, type RatebookFile } from '../ratebook.ts';

/** One number that is to change, with the source that says so. */
export const ParameterChange = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9.-]*$/),
  value: z.number(),
  source: z.string().min(1).max(500),
  provenance: Provenance,
  confidence: Confidence,
});
export type ParameterChange = z.infer<typeof ParameterChange>;

/** A proposed version of the ratebook: today's with some numbers changed. */
export const RatebookProposal = z
  .strictObject({
    version: z.string().regex(/^\d{4}\.\d{1,3}$/),
    title: Text,
    why: z.string().min(1).max(2000),
    effectiveFrom: Day,
    changes: z.array(ParameterChange).min(1).max(500),
  })
  .meta({ id: 'RatebookProposal' });
export type RatebookProposal = z.infer<typeof RatebookProposal>;

/** A proposal while it is being written: what is still missing is empty or null. */
export const RatebookDraft = z
  .strictObject({
    version: z.string().max(20),
    title: z.strictObject({ zh: z.string().max(200), en: z.string().max(200) }),
    why: z.string().max(2000),
    effectiveFrom: z.union([Day, z.literal('')]),
    changes: z.array(z.strictObject({ ...ParameterChange.shape, value: z.number().nullable(), source: z.string().max(500) })).max(500),
  })
  .meta({ id: 'RatebookDraft' });
export type RatebookDraft = z.infer<typeof RatebookDraft>;

/** A proposal is written, submitted to a second person, and released or returned; a returned one is written again. */
export const ProposalState = z.enum(['draft', 'proposed', 'released', 'returned', 'discarded']);
export type ProposalState = z.infer<typeof ProposalState>;

export const proposalLifecycle: Lifecycle<ProposalState> = {
  of: 'ratebook proposal',
  first: 'draft',
  moves: { draft: ['proposed', 'discarded'], proposed: ['released', 'returned'], returned: ['draft', 'discarded'], released: [], discarded: [] },
};

/**
 * The ratebook and the parameters that a proposal makes of today's. A key that the ratebook does not use, a key changed twice, a version that is not newer and numbers
 * beyond what a price needs are problems.
 */
export function applyProposal(
  file: RatebookFile,
  parameters: ParameterSet,
  proposal: RatebookProposal,
): Built<{ ratebook: Ratebook; parameters: ParameterSet }> {
  const problems = [...strayChanges(file, proposal), ...oldVersion(file, proposal)];
  if (problems.length > 0) return { value: null, problems };
  const changed = changedParameters(parameters, proposal);
  const data = { ...file, version: proposal.version, title: proposal.title, effectiveFrom: proposal.effectiveFrom };
  const built = buildRatebook({ path: `proposal ${proposal.version}`, data }, changed);
  return built.value === null ? built : { value: { ratebook: built.value, parameters: changed }, problems: [] };
}

function changedParameters(parameters: ParameterSet, { changes, effectiveFrom }: RatebookProposal): ParameterSet {
  const byKey = new Map<string, Parameter>(parameters.byKey);
  for (const { key, ...change } of changes) byKey.set(key, { ...byKey.get(key)!, ...change, effectiveFrom });
  return { ...parameters, byKey };
}

function strayChanges(file: RatebookFile, { changes }: RatebookProposal): ContentProblem[] {
  const used = new Set(keysOf(file));
  return changes.flatMap(({ key }, i) => {
    const message = !used.has(key)
      ? `the ratebook does not use \`${key}\``
      : changes.findIndex((other) => other.key === key) < i
        ? `\`${key}\` is changed twice`
        : null;
    return message === null ? [] : [{ file: 'proposal', at: `changes.${i}.key`, message }];
  });
}

const oldVersion = (file: RatebookFile, { version }: RatebookProposal): ContentProblem[] =>
  version.localeCompare(file.version, 'en', { numeric: true }) > 0
    ? []
    : [{ file: 'proposal', at: 'version', message: `\`${version}\` is not newer than \`${file.version}\`` }];
