import qrcode from 'qrcode-generator';
import { documentCode } from '../../domain/basics/index.ts';
import type { DocumentRequest } from './model.ts';

/**
 * The code by which a printed document is checked against the record: 80 bits of the SHA-256 of its kind and everything it says, in groups of four.
 * Both languages of one document carry the same code.
 */
export function verificationCode({ kind, data }: Pick<DocumentRequest, 'kind' | 'data'>): string {
  return documentCode({ kind, data });
}

/** A QR code (ISO/IEC 18004, error correction M) as SVG, black on white, without a quiet zone. */
export function qrPicture(text: string): string {
  const qr = qrcode(0, 'M');
  qr.addData(text);
  qr.make();
  const size = qr.getModuleCount();
  const dark: string[] = [];
  for (let row = 0; row < size; row += 1) for (let column = 0; column < size; column += 1) if (qr.isDark(row, column)) dark.push(`M${column} ${row}h1v1h-1z`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path d="${dark.join('')}" fill="#000"/></svg>`;
}
