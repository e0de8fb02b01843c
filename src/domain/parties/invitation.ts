import { Refusal } from '../basics/index.ts';
import type { MemberRole, OrganisationKind } from './permissions.ts';

/** How long an invitation can be taken up, and how long a section can be answered. */
export const invitationRules = { validDays: 7, sectionDays: 30 } as const;

/** The roles that make sense in each kind of organisation: nobody underwrites in the firm that asks for cover. */
const rolesIn: Readonly<Record<OrganisationKind, readonly MemberRole[]>> = {
  insured: ['admin', 'owner', 'security', 'contributor', 'auditor'],
  insurer: ['admin', 'underwriter', 'underwriting-manager', 'actuary', 'adjuster', 'analyst', 'auditor'],
  broker: ['admin', 'broker', 'contributor', 'auditor'],
  vendor: ['admin', 'engineer', 'auditor'],
  assessor: ['admin', 'assessor', 'auditor'],
  reinsurer: ['admin', 'analyst', 'auditor'],
  authority: ['admin', 'officer', 'auditor'],
  operator: ['admin', 'auditor'],
};

/** The roles that a member of such an organisation can be given. */
export const rolesFor = (kind: OrganisationKind): readonly MemberRole[] => rolesIn[kind];

/** Throws a Refusal `role-not-offered` for the first role that this kind of organisation does not have. */
export function requireOfferedRoles(roles: readonly MemberRole[], kind: OrganisationKind): void {
  const wrong = roles.find((role) => !rolesIn[kind].includes(role));
  if (wrong !== undefined)
    throw new Refusal('rule', 'role-not-offered', `\`${wrong}\` is no role of this kind of organisation`, { field: 'roles', role: wrong });
}
