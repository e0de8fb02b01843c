import { z } from 'zod';
import { Text } from '../basics/index.ts';
import { industryTitles } from '../parties/index.ts';
import { budgetLeft, netSubsidy } from './budget.ts';
import { SubsidyGrant, type SecurityPackage, type SubsidyScheme } from './model.ts';

/** The file with which the subsidy is claimed from the authority: a row for each grant, and the totals that it must add up to. */
export interface AuthorityFile extends AuthorityTotals {
  readonly rows: readonly NamedGrant[];
}

/** A grant with the names of what it refers to. */
export const NamedGrant = SubsidyGrant.extend({ names: z.strictObject({ scheme: Text, industry: Text, tier: Text, package: Text }) });
export type NamedGrant = z.infer<typeof NamedGrant>;

/** What the rows of the file must add up to. */
export const AuthorityTotals = z.strictObject({
  grants: z.int(),
  firms: z.int(),
  premiumMinor: z.int(),
  limitMinor: z.int(),
  subsidyMinor: z.int(),
  returnedMinor: z.int(),
  netMinor: z.int(),
  budgetLeftMinor: z.int(),
});
export type AuthorityTotals = z.infer<typeof AuthorityTotals>;

/** The file of one scheme: its grants in the order of the policies, with the names of what they refer to, and what they add up to. */
export function makeAuthorityFile(scheme: SubsidyScheme, grants: readonly SubsidyGrant[], packages: ReadonlyMap<string, SecurityPackage>): AuthorityFile {
  const own = grants.filter((grant) => grant.scheme === scheme.id).sort((a, b) => (a.policy < b.policy ? -1 : 1));
  const sum = (of: (grant: SubsidyGrant) => number): number => own.reduce((total, grant) => total + of(grant), 0);
  return {
    rows: own.map((grant) => ({ ...grant, names: namesIn(grant, scheme, packages) })),
    grants: own.length,
    firms: new Set(own.map(({ creditCode }) => creditCode)).size,
    premiumMinor: sum(({ premiumMinor }) => premiumMinor),
    limitMinor: sum(({ limitMinor }) => limitMinor),
    subsidyMinor: sum(({ subsidyMinor }) => subsidyMinor),
    returnedMinor: sum(({ returnedMinor }) => returnedMinor),
    netMinor: sum(netSubsidy),
    budgetLeftMinor: budgetLeft(scheme, own),
  };
}

/** A tier or a package that is no longer in the content keeps its id, so that its row still says which it was. */
function namesIn(grant: SubsidyGrant, { title, tiers }: SubsidyScheme, packages: ReadonlyMap<string, SecurityPackage>): NamedGrant['names'] {
  const named = (found: { title: Text } | undefined, id: string): Text => found?.title ?? { zh: id, en: id };
  return {
    scheme: title,
    industry: industryTitles[grant.industry],
    tier: named(
      tiers.find(({ id }) => id === grant.tier),
      grant.tier,
    ),
    package: named(packages.get(grant.package), grant.package),
  };
}
