import { instantMillis, Refusal, type Instant } from '../../basics/index.ts';
import { blockHolds, readAddress, readBlock } from '../addresses.ts';
import type { MethodClass, OwnAsset, ScanAuthorisation, ScanAuthorisationTerms, ScanWindow } from './model.ts';
import { readAssetName } from './asset-name.ts';
import { proofState } from './proof.ts';

/** What is known at the moment of sending. `addresses` are those that the asset's name leads to now; empty while they have not been asked for. */
export interface SendingFacts {
  readonly asset: OwnAsset;
  readonly authorisation: ScanAuthorisation;
  readonly methodClass: MethodClass;
  readonly addresses: readonly string[];
  readonly stopped: boolean;
  readonly now: Instant;
}

/**
 * Passes when a packet may be sent now; else throws the Refusal of the first fact that is missing: `scanning-stopped`, `ownership-not-proven`,
 * `scan-not-authorised`, `outside-scan-window`, `target-out-of-scope`. The fifth fact, that the address itself may be connected to at all, is the
 * sender's to check on the very address that it connects to.
 */
export function requireMaySend({ asset, authorisation, methodClass, addresses, stopped, now }: SendingFacts): void {
  if (stopped) throw new Refusal('rule', 'scanning-stopped', 'the organisation has stopped all scanning');
  if (!['proven', 'expiring'].includes(proofState(asset, now)))
    throw new Refusal('rule', 'ownership-not-proven', `ownership of \`${asset.name}\` is not proven now`, { asset: asset.name });
  requireAuthorised(authorisation, methodClass, now);
  requireInScope(authorisation, asset.name, addresses);
}

function requireAuthorised(authorisation: ScanAuthorisation, methodClass: MethodClass, now: Instant): void {
  const at = instantMillis(now);
  const inForce = authorisation.state === 'signed' && instantMillis(authorisation.from) <= at && at < instantMillis(authorisation.until);
  const allowed = methodClass === 'passive' || authorisation.methodClass === 'gentle';
  if (!inForce || !allowed)
    throw new Refusal(
      'rule',
      'scan-not-authorised',
      inForce ? 'the authorisation allows passive checks only' : 'the authorisation is revoked, not yet in force, or ended',
      { methodClass },
    );
  const { from, until } = authorisation.window;
  if (!isInWindow(authorisation.window, now))
    throw new Refusal('rule', 'outside-scan-window', `it may only be done between ${from} and ${until} in Beijing`, { from, until });
}

function requireInScope({ names, networks }: ScanAuthorisationTerms, name: string, addresses: readonly string[]): void {
  const named = names.some((one) => coversName(one, name));
  const blocks = networks.map((network) => readBlock(network)).filter((block) => block !== null);
  const outside = networks.length === 0 ? undefined : addresses.find((text) => !blocks.some((block) => holdsAddress(block, text)));
  if (named && outside === undefined) return;
  throw new Refusal(
    'rule',
    'target-out-of-scope',
    `\`${name}\`${outside === undefined ? '' : ` leads to \`${outside}\`, which`} is outside the authorised scope`,
    { asset: name, address: outside ?? null },
  );
}

/** A domain covers itself and its sub-domains. */
export const coversName = (covering: string, name: string): boolean => name === covering || (readAddress(covering) === null && name.endsWith(`.${covering}`));

function holdsAddress(block: NonNullable<ReturnType<typeof readBlock>>, text: string): boolean {
  const address = readAddress(text);
  return address !== null && blockHolds(block, address);
}

/** Whether the instant lies in the window, by the clock in Beijing, eight hours ahead of UTC. */
export function isInWindow({ from, until }: ScanWindow, now: Instant): boolean {
  const clock = new Date(instantMillis(now) + 8 * 3_600_000).toISOString().slice(11, 16);
  if (from === until) return true;
  return from < until ? from <= clock && clock < until : from <= clock || clock < until;
}

const longestMillis = 366 * 86_400_000;

/**
 * The terms as they are kept, with names in their stored form. Throws a Refusal: `authorisation-period-invalid` (ends before it begins, has ended,
 * or runs for more than a year), `network-invalid`, or `target-out-of-scope` for a name that is none of the organisation's own assets or under one.
 */
export function readAuthorisation(terms: ScanAuthorisationTerms, own: readonly OwnAsset[], now: Instant): ScanAuthorisationTerms {
  const [from, until] = [instantMillis(terms.from), instantMillis(terms.until)];
  if (until <= from || until <= instantMillis(now) || until - from > longestMillis)
    throw new Refusal('bad-input', 'authorisation-period-invalid', 'an authorisation ends after it begins, in the future, and within a year');
  for (const network of terms.networks)
    if (readBlock(network) === null) throw new Refusal('bad-input', 'network-invalid', `\`${network}\` is no network`, { network });
  const names = terms.names.map((text) => readAssetName(text).name);
  for (const name of names)
    if (!own.some((asset) => coversName(asset.name, name)))
      throw new Refusal('rule', 'target-out-of-scope', `\`${name}\` is none of this organisation's assets`, { asset: name });
  return { ...terms, names };
}
