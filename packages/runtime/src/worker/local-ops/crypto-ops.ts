import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { OpAnswer } from '../bridge.ts';
import { type CryptoOp, WIRE_LIMITS } from '../guest-wire.ts';

const INVALID: OpAnswer = { ok: false, code: 'invalid' };

/** Web Crypto names → OpenSSL names. */
const DIGESTS: ReadonlyMap<string, string> = new Map([
  ['SHA-1', 'sha1'],
  ['SHA-256', 'sha256'],
  ['SHA-384', 'sha384'],
  ['SHA-512', 'sha512'],
]);

/** The parts of Web Crypto that need no key: random bytes, UUIDs, digests. */
export function answerCrypto(op: CryptoOp, payload: string): OpAnswer {
  switch (op) {
    case 'random': {
      const length = Number(payload);
      if (!Number.isInteger(length) || length < 0 || length > WIRE_LIMITS.randomBytes) return INVALID;
      return { ok: true, payload: randomBytes(length).toString('base64') };
    }
    case 'uuid':
      return { ok: true, payload: randomUUID() };
    case 'digest': {
      const end = payload.indexOf('\n');
      const algorithm = DIGESTS.get(payload.slice(0, Math.max(end, 0)));
      if (algorithm === undefined) return INVALID;
      const bytes = Buffer.from(payload.slice(end + 1), 'base64');
      return { ok: true, payload: createHash(algorithm).update(bytes).digest('base64') };
    }
  }
}
