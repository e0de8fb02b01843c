import { assetTitle } from '../../src/domain/assessment/index.ts';
import { useWords } from '../words.ts';

/** The name of an asset as a report gives it; in words where it gives none. */
export function AssetName({ name }: { name: string }) {
  const { of } = useWords();
  return <code className="break">{of(assetTitle(name))}</code>;
}
