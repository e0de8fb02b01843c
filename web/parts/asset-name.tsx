import { unnamedAsset } from '../../src/domain/assessment/index.ts';
import { useWords } from '../words.ts';

/** The name of an asset as a report gives it; in words where it gives none. */
export function AssetName({ name }: { name: string }) {
  const { t } = useWords();
  return name === unnamedAsset ? <span className="faint">{t('imports.unnamed')}</span> : <code className="break">{name}</code>;
}
