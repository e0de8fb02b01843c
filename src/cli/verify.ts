import { createHash, createPublicKey, verify as verifySignature } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { SignatureBundle } from '../domain/assessment/index.ts';
import { Refusal, canonicalJson, type Language } from '../domain/basics/index.ts';
import { dateTime } from '../domain/notation/index.ts';
import { exitCodes, usageFor, type Command } from './command.ts';

const usage = 'riskloop verify FILE.pdf --signature FILE.json [--key FINGERPRINT] [--json] [--lang zh|en]\n';

/** What was checked: the document against the signed hashes, the signature against the key, and the key against the fingerprint that was given, null when none was. */
interface Checked {
  readonly document: boolean;
  readonly signature: boolean;
  readonly key: boolean | null;
  readonly fingerprint: string;
}

/**
 * `riskloop verify`, without a database or a network: whether a PDF is the document that was signed. Exit code 3 when it is not. Without `--key`, the key is the
 * one in the signature file; it then says which fingerprint to compare with the assessor's.
 */
export const verify: Command = async (args, world) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { signature: { type: 'string' }, key: { type: 'string' }, json: { type: 'boolean' }, lang: { type: 'string' } },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0 || values.signature === undefined) {
    world.stderr(usageFor(args, usage));
    return exitCodes.badInput;
  }
  const bundle = readBundle(values.signature);
  const checked = check(readBytes(file), bundle, values.key ?? null);
  world.stdout(values.json ? `${JSON.stringify({ ...checked, statement: bundle.statement })}\n` : tell(checked, bundle, values.lang === 'en' ? 'en' : 'zh'));
  return checked.document && checked.signature && checked.key !== false ? exitCodes.done : exitCodes.refused;
};

function readBytes(path: string): Buffer {
  if (!existsSync(path)) throw new Refusal('bad-input', 'file-missing', `there is no file \`${path}\``);
  return readFileSync(path);
}

function readBundle(path: string): SignatureBundle {
  const bytes = readBytes(path);
  try {
    return SignatureBundle.parse(JSON.parse(bytes.toString('utf8')));
  } catch {
    throw new Refusal('bad-input', 'signature-file-unreadable', `\`${path}\` is no signature of an assessment report`);
  }
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function check(document: Buffer, { statement, signature, publicKey }: SignatureBundle, given: string | null): Checked {
  const key = Buffer.from(publicKey, 'base64');
  const fingerprint = sha256(key);
  return {
    document: Object.values(statement.documents).includes(sha256(document)),
    signature: fingerprint === statement.signer.keyFingerprint && holds(key, signature, canonicalJson(statement)),
    key: given === null ? null : fingerprint === given.toLowerCase(),
    fingerprint,
  };
}

function holds(key: Buffer, signature: string, text: string): boolean {
  try {
    return verifySignature(null, Buffer.from(text), createPublicKey({ key, format: 'der', type: 'spki' }), Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}

const words = {
  zh: {
    document: ['文件与签名所列哈希一致', '文件与签名所列哈希不一致：文件被改动过，或不是这份报告'],
    signature: ['签名有效', '签名无效：签名文件被改动过'],
    key: ['公钥与给定指纹一致', '公钥与给定指纹不一致'],
    noKey: '公钥取自签名文件；请向评估机构核对指纹',
    by: '签署机构',
    subject: '被评估企业',
  },
  en: {
    document: ['the document has the hash that was signed', 'the document does not have the hash that was signed: it was altered, or is another document'],
    signature: ['the signature holds', 'the signature does not hold: the signature file was altered'],
    key: ['the key has the fingerprint that was given', 'the key does not have the fingerprint that was given'],
    noKey: 'the key is the one in the signature file; compare its fingerprint with the assessor’s',
    by: 'signed by',
    subject: 'firm',
  },
} as const;

function tell({ document, signature, key, fingerprint }: Checked, { statement }: SignatureBundle, language: Language): string {
  const say = words[language];
  const line = (good: boolean, [yes, no]: readonly [string, string]): string => `${good ? '✓' : '✗'} ${good ? yes : no}`;
  return [
    line(document, say.document),
    line(signature, say.signature),
    key === null ? `  ${say.noKey}: ${fingerprint}` : line(key, say.key),
    `  ${say.by}: ${statement.signer.name} (${statement.signer.person}), ${dateTime(statement.signer.at)}`,
    `  ${say.subject}: ${statement.subject}, ${statement.assessedOn}, ${statement.code}`,
    '',
  ].join('\n');
}
