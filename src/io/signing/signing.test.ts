import { describe, expect, it } from 'vitest';
import { openSigning } from './index.ts';

const signing = openSigning('a secret of this test, as long as those that are made');

describe('a signing key', () => {
  it('signs what its public half verifies, and nothing else', () => {
    const key = signing.makeKey();
    const signature = signing.sign(key, '{"code":"A"}');

    expect(signing.verifies({ publicKey: key.publicKey, signature, text: '{"code":"A"}' })).toBe(true);
    expect(signing.verifies({ publicKey: key.publicKey, signature, text: '{"code":"B"}' })).toBe(false);
    expect(signing.verifies({ publicKey: signing.makeKey().publicKey, signature, text: '{"code":"A"}' })).toBe(false);
    expect(signing.verifies({ publicKey: 'bm8ga2V5', signature, text: '{"code":"A"}' })).toBe(false);
  });

  it('does not lie in the open, and opens under no other secret', () => {
    const key = signing.makeKey();

    expect(Buffer.from(key.sealed, 'base64').includes(Buffer.from('302e020100300506032b6570', 'hex'))).toBe(false);
    expect(() => openSigning('another secret, just as long as the first one was').sign(key, 'x')).toThrow();
  });

  it('that was changed at rest signs nothing', () => {
    const key = signing.makeKey();
    const bytes = Buffer.from(key.sealed, 'base64');
    bytes[bytes.length - 1]! ^= 1;

    expect(() => signing.sign({ ...key, sealed: bytes.toString('base64') }, 'x')).toThrow();
  });
});
