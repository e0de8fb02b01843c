export function browserLibraries(root: string, options?: { absent?: readonly string[] }): string | null;
