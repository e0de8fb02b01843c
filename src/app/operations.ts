import { acceptanceOperations } from './acceptances.ts';
import { assessmentOperations } from './assessment.ts';
import { assetOperations } from './assets.ts';
import { exportProposedCancellations, listProposedCancellations } from './cancellation-proposals.ts';
import { cancellationOperations } from './cancellation.ts';
import { catalogueOperations } from './catalogue.ts';
import { coResponsibilityOperations } from './co-responsibility.ts';
import { disputeOperations } from './disputes.ts';
import { evaluationOperations } from './evaluation.ts';
import { repairOperations } from './finding-repairs.ts';
import { findingOperations } from './findings.ts';
import { identityOperations } from './identity.ts';
import { importOperations } from './imports.ts';
import { invitationOperations } from './invitations.ts';
import { jobOperations } from './jobs.ts';
import { journalOperations } from './journal.ts';
import { masterPolicyOperations } from './master-policies.ts';
import type { Operation } from './operation.ts';
import { policyOperations } from './policy.ts';
import { policyWordingOperations } from './policy-wording.ts';
import { profileOperations } from './profiles.ts';
import { postureCheckOperations } from './posture-checks.ts';
import { ratingOperations } from './rating.ts';
import { comparisonOperations } from './comparison.ts';
import { reportOperations } from './assessment-reports.ts';
import { ratebookProposalOperations } from './ratebook-proposals.ts';
import { tariffOperations } from './tariff.ts';
import { sectionOperations } from './sections.ts';
import { subsidyOperations } from './subsidy.ts';
import { threatOperations } from './threats.ts';
import { contingencyOperations } from './contingencies.ts';
import { offerOperations } from './offers.ts';
import { withdrawSubmission } from './submission-withdrawal.ts';
import { renewalOperations } from './renewals.ts';
import { underwritingOperations } from './underwriting.ts';
import { workbenchOperations } from './workbench.ts';
import { wordingOperations } from './wording.ts';

/** Everything the system does. Routes, commands, jobs, the OpenAPI document and the typed client are made from this list. */
export const operations: readonly Operation[] = [
  ...identityOperations,
  ...invitationOperations,
  ...catalogueOperations,
  ...wordingOperations,
  ...coResponsibilityOperations,
  ...assessmentOperations,
  ...importOperations,
  ...sectionOperations,
  ...assetOperations,
  ...postureCheckOperations,
  ...findingOperations,
  ...reportOperations,
  ...comparisonOperations,
  ...profileOperations,
  ...repairOperations,
  ...acceptanceOperations,
  ...disputeOperations,
  ...threatOperations,
  ...underwritingOperations,
  ...offerOperations,
  withdrawSubmission,
  ...contingencyOperations,
  ...workbenchOperations,
  ...renewalOperations,
  ...ratingOperations,
  ...tariffOperations,
  ...ratebookProposalOperations,
  ...policyOperations,
  ...cancellationOperations,
  listProposedCancellations,
  exportProposedCancellations,
  ...masterPolicyOperations,
  ...policyWordingOperations,
  ...subsidyOperations,
  ...evaluationOperations,
  ...jobOperations,
  ...journalOperations,
] as readonly Operation[];
