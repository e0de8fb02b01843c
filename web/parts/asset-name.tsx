import { assetTitle, type Asset } from '../../src/domain/assessment/index.ts';
import { useWords } from '../words.ts';

/** The name of an asset as a report gives it; in words where it gives none. */
export function AssetName({ name }: { name: string }) {
  const { of } = useWords();
  return <code className="break">{of(assetTitle(name))}</code>;
}

/** Where an asset is, by one name everywhere: its host with the port, a web address as it is, and what has no host by its name. */
export function placeOf({ kind, name, host, port }: Pick<Asset, 'kind' | 'name' | 'host' | 'port'>): string {
  if (kind === 'url' || host === null || host === '') return name;
  return port === null ? host : host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
