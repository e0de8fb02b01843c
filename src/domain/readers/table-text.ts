/** The text of a table that a spreadsheet program saved: UTF-8 with or without byte order mark, else GB18030; null for what is neither. */
export function tableText(bytes: Uint8Array): string | null {
  return decoded(bytes, 'utf-8') ?? decoded(bytes, 'gb18030');
}

/** GB18030 is how a Chinese spreadsheet program saves CSV. Only names can hold other characters than ASCII, so that a wrong guess cannot change a number. */
function decoded(bytes: Uint8Array, encoding: 'utf-8' | 'gb18030'): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
