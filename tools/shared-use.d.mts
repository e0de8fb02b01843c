interface TestFile {
  readonly name: string;
  readonly assertionResults: readonly { readonly status: string }[];
}
export function sharedUse(
  testResults: readonly TestFile[],
  circumstances: { present: boolean; env: Readonly<Record<string, string | undefined>> },
): { fault: string | null; word: string | null };
