/** A package as an asset. `where` is the image, project or file that contains it: the same package in two places is two things to repair. */
export function packageAsset(seen: {
  name: string;
  version?: string | null | undefined;
  ecosystem?: string | null | undefined;
  where?: string | null | undefined;
}) {
  const name = seen.where ? `${seen.name} (${seen.where})` : seen.name;
  return { kind: 'package' as const, name, service: seen.ecosystem ?? null, version: seen.version ?? null };
}

/** Ecosystem, name (with its namespace) and version of a package URL (`pkg:npm/%40scope/name@1.0?arch=x`); null when the text is none. */
export function readPurl(text: string): { ecosystem: string; name: string; version: string | null } | null {
  const match = /^pkg:\/*([a-z0-9.+-]+)\/([^@?#]+|%40[^@?#]+)(?:@([^?#]+))?/i.exec(text.trim());
  if (match === null) return null;
  return { ecosystem: match[1]!.toLowerCase(), name: decoded(match[2]!), version: match[3] === undefined ? null : decoded(match[3]) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray percent sign is part of the name, not an error worth a refusal.
    return text;
  }
}
