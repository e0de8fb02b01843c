import { Refusal } from '../../basics/index.ts';
import type { DeclaredAsset } from '../../parties/index.ts';
import { readAddress, isPrivateAddress } from '../addresses.ts';
import { canBeAsset } from '../declared-assets.ts';
import { canonicalName } from '../scope.ts';
import { readAssetName } from './asset-name.ts';

/**
 * Names among the declared assets of a firm that can be listed for a proof of ownership and are not yet: domains and public addresses, in the form that
 * `readAssetName` gives. Blocks, bare host names and private addresses have no place where a proof could be looked for.
 */
export function listableAssets(declared: readonly DeclaredAsset[], listed: readonly string[]): string[] {
  const known = new Set(listed);
  const names = declared.flatMap(({ name }) => (canBeAsset(name) ? (nameIn(name) ?? []) : []));
  return [...new Set(names)].filter((name) => !known.has(name));
}

function nameIn(text: string): string | null {
  try {
    const { name } = readAssetName(canonicalName(text));
    const address = readAddress(name);
    return address !== null && isPrivateAddress(address) ? null : name;
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
