import { useWords } from '../words.ts';

/** The versions that a figure rests on; hashes are cut for the eye, whole for whoever copies or hovers. Closed until asked for. */
export function Versions({ versions }: { versions: Readonly<Record<string, string>> }) {
  const { t } = useWords();
  return (
    <details className="derive versions">
      <summary>
        <span className="derive-name">{t('quote.versions')}</span> <span className="faint num">{Object.keys(versions).length}</span>
      </summary>
      <dl className="source">
        {Object.entries(versions).map(([name, version]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <code title={version}>{version.length > 20 ? version.slice(0, 12) : version}</code>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
