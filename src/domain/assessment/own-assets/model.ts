import { z } from 'zod';
import { Instant } from '../../basics/index.ts';

/** `domain`: a host or domain name. `address`: one IPv4 or IPv6 address. */
export const OwnAssetKind = z.enum(['domain', 'address']);
export type OwnAssetKind = z.infer<typeof OwnAssetKind>;

/** How ownership is shown: a TXT record under `_insure-verify.`, or a file at a well-known place of the asset's own web server. */
export const ProofMethod = z.enum(['dns', 'file']);
export type ProofMethod = z.infer<typeof ProofMethod>;

/** The last time that ownership was shown, and until when it counts. */
export const OwnershipProof = z.strictObject({ method: ProofMethod, provenAt: Instant, until: Instant });
export type OwnershipProof = z.infer<typeof OwnershipProof>;

/** Something that an organisation says is its own. Nothing is sent to it on that word alone. */
export const OwnAsset = z.strictObject({
  /** In the form that `readAssetName` gives. */
  name: z.string().min(1).max(255),
  kind: OwnAssetKind,
  proof: OwnershipProof.nullable(),
  /** The last attempt to prove it and what was found in place of the token; null before the first. */
  lookedAt: Instant.nullable(),
  lookedSeen: z.array(z.string().max(300)).max(10),
});
export type OwnAsset = z.infer<typeof OwnAsset>;

/**
 * What a check may do. `passive`: public DNS records, and one ordinary visit to the web server.
 * `gentle`: also outdated TLS versions, a short list of administration paths, and connections to a short list of ports. Nothing is logged into or changed.
 */
export const MethodClass = z.enum(['passive', 'gentle']);
export type MethodClass = z.infer<typeof MethodClass>;

/** A time of day in Beijing, `22:00`. */
export const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** Hours of the day in Beijing in which packets may be sent; from later than until runs over midnight, equal means all day. */
export const ScanWindow = z.strictObject({ from: TimeOfDay, until: TimeOfDay });
export type ScanWindow = z.infer<typeof ScanWindow>;

/** What the organisation allows in writing: of which names and networks, when, how, how fast, and whom to call. */
export const ScanAuthorisationTerms = z.strictObject({
  /** Domain names, each with its sub-domains, and addresses. Only assets of the organisation can stand here. */
  names: z.array(z.string().min(1).max(255)).min(1).max(200),
  /** Networks (CIDR) in which every address must lie that a name leads to; empty: wherever the names lead. */
  networks: z.array(z.string().min(1).max(50)).max(200),
  window: ScanWindow,
  methodClass: MethodClass,
  /** Connections a second to one target, DNS included. */
  ratePerSecond: z.int().min(1).max(10),
  /** Whom to call while it runs: name and telephone or e-mail. */
  contact: z.string().min(3).max(200),
  /** Who signs for the organisation: name and position. */
  signer: z.string().min(2).max(200),
  from: Instant,
  until: Instant,
});
export type ScanAuthorisationTerms = z.infer<typeof ScanAuthorisationTerms>;

/** An authorisation as it stands. It is never edited: it is revoked, and another one signed. */
export const ScanAuthorisation = z.strictObject({
  ...ScanAuthorisationTerms.shape,
  state: z.enum(['signed', 'revoked']),
  signedBy: z.string().max(100),
  signedAt: Instant,
  revokedAt: Instant.nullable(),
});
export type ScanAuthorisation = z.infer<typeof ScanAuthorisation>;
