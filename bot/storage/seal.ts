/**
 * Sealing at rest: AES-256-GCM, bound to where it stands, so that a sealed part moved elsewhere does not open. Keys are
 * handed over as key objects: of raw bytes Node 24 takes longer to find out what they are than to use them.
 */
import { createCipheriv, createDecipheriv, createHmac, createSecretKey, randomBytes } from 'node:crypto';

/** 96 random bits, which NIST SP 800-38D allows for 2^32 seals under one key. */
const nonceBytes = 12;
const tagBytes = 16;

/**
 * @param key 32 bytes
 * @param place where the sealed part stands; the same text must be given to open it
 * @returns nonce, ciphertext and tag, in this order
 */
export function seal(key: Uint8Array, plain: Uint8Array, place: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', createSecretKey(key), nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(place));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** @throws {Error} when the key, the place or a single bit is not what it was sealed with */
export function unseal(key: Uint8Array, sealed: Uint8Array, place: string): Buffer {
  const nonce = sealed.subarray(0, nonceBytes);
  const decipher = createDecipheriv('aes-256-gcm', createSecretKey(key), nonce, { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(place));
  decipher.setAuthTag(sealed.subarray(-tagBytes));
  return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, -tagBytes)), decipher.final()]);
}

/** JSON keeps what UTF-8 cannot: a lone surrogate travels as an escape and comes back as it was. */
export const sealJson = (key: Uint8Array, value: unknown, place: string): Buffer =>
  seal(key, Buffer.from(JSON.stringify(value)), place);

export const unsealJson = (key: Uint8Array, sealed: Uint8Array, place: string): unknown =>
  JSON.parse(unseal(key, sealed, place).toString('utf8'));

/** HMAC-SHA-256: 32 bytes that say nothing about the text to anyone without the key. */
export const derive = (key: Uint8Array, text: string): Buffer =>
  createHmac('sha256', createSecretKey(key)).update(text).digest();
