import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import type { SealedKey, Signing } from '../interfaces.ts';

/** Ed25519 (RFC 8032). A private key exists in the clear only while it signs; at rest it is sealed with AES-256-GCM under a key derived from `secret`. */
export function openSigning(secret: string): Signing {
  const sealing = Buffer.from(hkdfSync('sha256', secret, '', 'riskloop signing keys', 32));
  return {
    makeKey: () => makeKey(sealing),
    sign: (key, text) => sign(null, Buffer.from(text), openKey(sealing, key)).toString('base64'),
    verifies: ({ publicKey, signature, text }) => verifies(publicKey, signature, text),
    fingerprint: (publicKey) => createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex'),
  };
}

function makeKey(sealing: Buffer): SealedKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', sealing, nonce);
  const sealed = Buffer.concat([cipher.update(privateKey.export({ format: 'der', type: 'pkcs8' })), cipher.final()]);
  return {
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    sealed: Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64'),
  };
}

/** Throws when the secret of the installation is another one than the key was sealed under, or when the stored key was changed. */
function openKey(sealing: Buffer, { sealed }: SealedKey) {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, 12)).setAuthTag(bytes.subarray(12, 28));
  return createPrivateKey({ key: Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]), format: 'der', type: 'pkcs8' });
}

function verifies(publicKey: string, signature: string, text: string): boolean {
  try {
    return verify(
      null,
      Buffer.from(text),
      createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' }),
      Buffer.from(signature, 'base64'),
    );
  } catch {
    return false;
  }
}
