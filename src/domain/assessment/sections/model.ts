import { z } from 'zod';
import { Instant } from '../../basics/index.ts';

/** Sections of one application's questionnaire that one person answers, and sees nothing else. */
export const SectionAssignment = z.strictObject({
  assessment: z.string(),
  firm: z.string(),
  sections: z.array(z.string()).min(1).max(20),
  /** Whose they are: the address that was invited, in lower case. */
  email: z.string(),
  state: z.enum(['open', 'answered', 'revoked']),
  /** The invitation to become a member that went with it; null for somebody who was a member already. */
  invitation: z.string().nullable(),
  assignedBy: z.strictObject({ user: z.string(), name: z.string() }),
  until: Instant,
  note: z.string().max(1000),
  answered: z.strictObject({ by: z.string(), name: z.string(), at: Instant }).nullable(),
});
export type SectionAssignment = z.infer<typeof SectionAssignment>;
