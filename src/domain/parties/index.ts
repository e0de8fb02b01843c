export { creditCodeIsValid, tidyCreditCode } from './credit-code.ts';
export { classCodeForm, tidyClassCode } from './class-code.ts';
export { DeclaredAsset, Exposure, FirmFact, firmFactTitles, FirmProfile, Industry, industryTitles, PastClaim, PrintedName, requirePastLosses } from './firm.ts';
export { MemberRole, OrganisationKind, Permission, mayDo, permissionsOf } from './permissions.ts';
export { invitationRules, requireOfferedRoles, rolesFor } from './invitation.ts';
export { signInRules } from './sign-in-rules.ts';
export { normaliseName, sameFirm } from './same-firm.ts';
