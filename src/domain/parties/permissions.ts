import { z } from 'zod';

/** The sides at the table (R167). `operator` runs the installation and sees no insurance data. */
export const OrganisationKind = z.enum(['insured', 'insurer', 'broker', 'vendor', 'assessor', 'reinsurer', 'authority', 'operator']);
export type OrganisationKind = z.infer<typeof OrganisationKind>;

/** What a member does in its organisation. `admin` manages members and keys and reads the audit trail; it does not by itself decide anything. */
export const MemberRole = z.enum([
  'admin',
  'owner',
  'security',
  'underwriter',
  'underwriting-manager',
  'actuary',
  'adjuster',
  'broker',
  'contributor',
  'engineer',
  'assessor',
  'analyst',
  'officer',
  'auditor',
]);
export type MemberRole = z.infer<typeof MemberRole>;

/** What an operation needs its caller to be allowed to do. `system:run` is no role's: only the system itself has it. */
export const Permission = z.enum([
  'session:read',
  'catalogue:read',
  'firm:read',
  'firm:write',
  'assessment:read',
  'assessment:write',
  'report:submit',
  'section:assign',
  'section:answer',
  'submission:read',
  'submission:write',
  'quote:read',
  'quote:request',
  'policy:read',
  'policy:bind',
  'ledger:read',
  'job:read',
  'audit:read',
  'key:manage',
  'member:manage',
  'study:read',
  'study:write',
  'study:release',
  'finding:write',
  'acceptance:decide',
  'dispute:decide',
  'threats:release',
  'system:run',
  'asset:read',
  'asset:write',
  'scan:start',
  'ratebook:read',
  'ratebook:propose',
  'ratebook:release',
  'assessor:appoint',
  'report:sign',
  'profile:choose',
  'case:read',
  'case:decide',
  'case:release',
  'subsidy:read',
  'subsidy:apply',
  'subsidy:decide',
]);
export type Permission = z.infer<typeof Permission>;

const everyone: readonly Permission[] = ['session:read', 'catalogue:read', 'job:read'];
const reader: readonly Permission[] = ['firm:read', 'asset:read', 'assessment:read', 'submission:read', 'quote:read', 'policy:read', 'subsidy:read'];
const applicant: readonly Permission[] = [
  'firm:write',
  'assessment:write',
  'report:submit',
  'section:assign',
  'submission:write',
  'quote:request',
  'subsidy:apply',
];

/** Asks what cover brings about, and lets a summary go to an authority; releasing one takes two people. */
const student: readonly Permission[] = ['study:read', 'study:write', 'study:release'];

/** Says what is the organisation's own, signs for scans of it, starts and stops them. */
const assetKeeper: readonly Permission[] = ['asset:read', 'asset:write', 'scan:start'];

/** Proposes and releases tariffs; releasing takes a second person. */
const tariffKeeper: readonly Permission[] = ['ratebook:read', 'ratebook:propose', 'ratebook:release'];

/** Works on the insurer's cases; how far each may decide is the authority matrix's question. */
const caseWorker: readonly Permission[] = ['case:read', 'case:decide'];

/** What each role may do, whatever the record: which records it may do it to is the store's question. */
const allowed: Record<MemberRole, readonly Permission[]> = {
  admin: ['firm:read', 'key:manage', 'member:manage', 'audit:read'],
  owner: [
    ...reader,
    ...applicant,
    ...assetKeeper,
    'finding:write',
    'acceptance:decide',
    'policy:bind',
    'key:manage',
    'member:manage',
    'audit:read',
    'study:read',
    'assessor:appoint',
  ],
  security: ['firm:read', ...assetKeeper, 'assessment:read', 'assessment:write', 'report:submit', 'finding:write'],
  underwriter: [...reader, ...caseWorker, 'dispute:decide', 'quote:request', 'ledger:read'],
  'underwriting-manager': [
    ...reader,
    ...caseWorker,
    'case:release',
    'dispute:decide',
    'threats:release',
    'quote:request',
    'ledger:read',
    'audit:read',
    ...student,
    ...tariffKeeper,
  ],
  actuary: [...reader, 'threats:release', 'ledger:read', ...student, ...tariffKeeper],
  adjuster: [...reader],
  broker: [...reader, ...applicant, 'finding:write', 'policy:bind'],
  engineer: ['firm:read', 'asset:read', 'assessment:read', 'report:submit', 'finding:write'],
  assessor: [
    'firm:read',
    'asset:read',
    'assessment:read',
    'assessment:write',
    'report:submit',
    'finding:write',
    'dispute:decide',
    'report:sign',
    'profile:choose',
  ],
  /** A colleague or service provider who answers the sections that were assigned to him, and sees nothing else. */
  contributor: ['section:answer'],
  analyst: ['policy:read'],
  officer: ['study:read', 'subsidy:read', 'subsidy:decide'],
  auditor: [...reader, 'case:read', 'ledger:read', 'audit:read', 'ratebook:read'],
};

/** Whether one of these roles allows the permission. Roles of another organisation never count: pass only those held in the acting organisation. */
export const mayDo = (roles: readonly MemberRole[], permission: Permission): boolean =>
  everyone.includes(permission) || roles.some((role) => allowed[role].includes(permission));

/** Everything that these roles allow, for a menu that shows only what can be done. */
export const permissionsOf = (roles: readonly MemberRole[]): Permission[] => Permission.options.filter((permission) => mayDo(roles, permission));
