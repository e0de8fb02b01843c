import { crc32, deflateRawSync } from 'node:zlib';

/** One file of a zip made for a test. */
export interface Member {
  readonly name: string | Buffer;
  readonly content: string | Buffer;
  readonly flags?: number;
  readonly mode?: number;
  /** What the directory claims instead of the true size. */
  readonly claims?: number;
}

/** A zip file as the specification says (APPNOTE 4.3), written out by hand so that it can lie. */
export function zipOf(members: readonly Member[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, content, flags = 0, mode = 0o100644, claims } of members) {
    const [raw, data] = [Buffer.from(name), Buffer.from(content)];
    const packed = deflateRawSync(data);
    const fields = Buffer.alloc(26);
    for (const [value, place] of [
      [20, 0],
      [flags, 2],
      [8, 4],
      [raw.length, 22],
    ] as const)
      fields.writeUInt16LE(value, place);
    for (const [value, place] of [
      [crc32(data), 10],
      [packed.length, 14],
      [claims ?? data.length, 18],
    ] as const)
      fields.writeUInt32LE(value, place);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(0x0314, 4);
    fields.copy(central, 6);
    central.writeUInt32LE((mode << 16) >>> 0, 38);
    central.writeUInt32LE(at, 42);
    parts.push(Buffer.from('PK\x03\x04', 'latin1'), fields, raw, packed);
    directory.push(central, raw);
    at += 4 + fields.length + raw.length + packed.length;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(index.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, index, end]);
}
