/** What a single report may cost. Every limit is a refusal of kind `too-large`, except depth, which is `unreadable`. */
export interface ReadingLimits {
  /** Bytes of the file as it arrives, decompressed. */
  readonly bytes: number;
  readonly xmlDepth: number;
  /** Elements kept in memory at once: the record being read and everything around the records. */
  readonly xmlElementsHeld: number;
  /** Elements in the whole file; far above `xmlElementsHeld`, because finished records are dropped. */
  readonly xmlElements: number;
  readonly xmlAttributes: number;
  readonly jsonDepth: number;
  /** UTF-16 units of one JSON string, XML text or CSV cell. */
  readonly stringUnits: number;
  readonly csvColumns: number;
  readonly findings: number;
}

export const readingLimits: ReadingLimits = {
  bytes: 256 * 1024 * 1024,
  xmlDepth: 100,
  xmlElementsHeld: 200_000,
  xmlElements: 20_000_000,
  xmlAttributes: 1_000,
  jsonDepth: 64,
  stringUnits: 4 * 1024 * 1024,
  csvColumns: 1_000,
  findings: 1_000_000,
};
