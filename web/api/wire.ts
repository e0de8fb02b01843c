import type { Answers, Assessment, Finding, Scan, Severity, WeighedFinding } from '../../src/domain/assessment/index.ts';
import type { Currency, Parameter, Text } from '../../src/domain/basics/index.ts';
import type { Coverage, Package, RequestedCover } from '../../src/domain/catalogue/index.ts';
import type { FirmProfile, MemberRole, OrganisationKind, Permission } from '../../src/domain/parties/index.ts';
import type { Policy } from '../../src/domain/policy/index.ts';
import type { WaterfallBar, Worksheet } from '../../src/domain/rating/index.ts';
import type { IssuedQuote, Quote, Reason, RepairEffect, SettledQuote, Standing } from '../../src/domain/underwriting/index.ts';
import type { components } from './schema.d.ts';

type Schemas = components['schemas'];

export interface Organisation {
  id: string;
  name: string;
  kind: OrganisationKind;
}

export interface Session {
  user: { id: string; name: string; email: string };
  organisation: Organisation | null;
  roles: MemberRole[];
  permissions: Permission[];
  memberships: { organisation: string; name: string; kind: OrganisationKind; roles: MemberRole[] }[];
}

export interface ReportEntry {
  id: string;
  name: string;
  hash: string;
  bytes: number;
  state: 'reading' | 'read' | 'refused';
  format: string | null;
  records: number | null;
  findings: number | null;
  bySeverity: Partial<Record<Severity, number>> | null;
  scan: Scan | null;
  refusal: { code: string; detail: string; position: string | null } | null;
  job: string;
  submittedAt: string;
  submittedBy?: string;
}

export type WithdrawnReport = Schemas['WithdrawnReport'];

export interface AssessmentRecord {
  id: string;
  version: number;
  organisation: string;
  createdAt: string;
  updatedAt: string;
  firm: FirmProfile;
  answers: Answers;
  reports: ReportEntry[];
  withdrawn?: WithdrawnReport[];
  result: Assessment;
}

export type AssessmentSummary = Schemas['AssessmentSummary'];

export type CountedFinding = Finding & Omit<WeighedFinding, 'finding'> & { handedInBy: string[] };

export type Question = Schemas['AskedQuestion'];

export interface Questionnaire {
  id: string;
  version: string;
  title: Text;
  sections: { id: string; title: Text; questions: readonly Question[] }[];
}

export type Job = Schemas['Job'];

export interface Page<T> {
  items: T[];
  next: string | null;
}

export type {
  Assessment,
  Currency,
  Policy,
  Quote,
  Reason,
  RepairEffect,
  Standing,
  Coverage,
  Finding,
  FirmProfile,
  MemberRole,
  OrganisationKind,
  Package,
  Parameter,
  Permission,
  RequestedCover,
  Severity,
  Text,
  WaterfallBar,
  Worksheet,
};

interface Stamp {
  id: string;
  version: number;
  organisation: string;
  createdAt: string;
  updatedAt: string;
}

export interface SubmissionRecord extends Stamp {
  assessment: string;
  firm: string;
  insurer: string;
  cover: RequestedCover;
  state: 'open' | 'quoted' | 'referred' | 'declined' | 'bound' | 'expired' | 'closed';
  quote: string | null;
  offers: string[];
  renews: string | null;
}

export interface QuoteRecord extends Stamp {
  submission: string;
  assessment: string;
  assessmentVersion: number;
  applicant: string;
  firm: string;
  issuedAt: string;
  state: 'referred' | 'quoted' | 'declined' | 'bound' | 'expired' | 'withdrawn';
  policy: string | null;
  quote: Quote;
  offer: number;
  settled: SettledQuote | null;
  remarks: IssuedQuote['remarks'];
}

export interface QuoteSummary {
  id: string;
  submission: string;
  firm: string;
  outcome: Quote['outcome'];
  state: 'referred' | 'quoted' | 'declined' | 'bound' | 'expired' | 'withdrawn';
  totalMinor: number;
  currency: Currency;
  issuedAt: string;
  validUntil: string;
  policy: string | null;
}

export interface PolicyRecord extends Stamp {
  quote: string;
  submission: string;
  insured: string;
  insurer: string;
  policy: Policy;
}

export interface PostingLine {
  journal: string;
  account: string;
  party: string | null;
  amountMinor: number;
  currency: Currency;
  at: string;
}

export interface JournalEntry {
  sequence: number;
  at: string;
  actor: string;
  operation: string;
  outcome: string;
  facts: Record<string, string | number>;
  hash: string;
}

export interface Price {
  outcome: Quote['outcome'];
  reasons: Reason[];
  adjustments: Quote['adjustments'];
  worksheet: Worksheet;
  lowMinor: number;
  highMinor: number;
}
