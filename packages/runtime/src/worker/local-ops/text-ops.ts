import { TextDecoder } from 'node:util';
import type { OpAnswer } from '../bridge.ts';
import { type TextOp, WIRE_LIMITS } from '../guest-wire.ts';

const INVALID: OpAnswer = { ok: false, code: 'invalid' };

/** `<decoder id> <label> <flags>`; flags: f fatal, b ignoreBOM, s more input follows. */
const DECODE_HEAD = /^(\d{1,15}) ([\w.:+-]{1,64}) ([fbs]{0,3})$/u;

/**
 * Encoding Standard and `atob`/`btoa` by Node's own implementations. Bytes cross as base64, which both sides have in native
 * code.
 */
export class TextOps {
  /** Decoders in the middle of a stream. They hold a few bytes each, so only their number is bounded. */
  readonly #open = new Map<string, TextDecoder>();

  answer(op: TextOp, payload: string): OpAnswer {
    switch (op) {
      case 'encode-utf8':
        return { ok: true, payload: Buffer.from(payload, 'utf8').toString('base64') };
      case 'decoder-label':
        return canonicalLabel(payload);
      case 'decode':
        return this.#decode(payload);
      case 'atob':
        return guarded(() => atob(payload));
      case 'btoa':
        return guarded(() => btoa(payload));
    }
  }

  #decode(payload: string): OpAnswer {
    const end = payload.indexOf('\n');
    const head = DECODE_HEAD.exec(payload.slice(0, Math.max(end, 0)));
    if (head === null) return INVALID;
    const [, id = '', label = '', flags = ''] = head;
    const stream = flags.includes('s');
    const known = this.#open.get(id);
    if (stream && known === undefined && this.#open.size >= WIRE_LIMITS.openDecoders) {
      return { ok: false, code: 'too-many-decoders' };
    }
    const answer = guarded(() => {
      const decoder = known ?? create(label, flags);
      if (stream) this.#open.set(id, decoder);
      return decoder.decode(Buffer.from(payload.slice(end + 1), 'base64'), { stream });
    });
    if (!stream || !answer.ok) this.#open.delete(id);
    return answer;
  }
}

function create(label: string, flags: string): TextDecoder {
  return new TextDecoder(label, { fatal: flags.includes('f'), ignoreBOM: flags.includes('b') });
}

function canonicalLabel(label: string): OpAnswer {
  return label.length > 64 ? INVALID : guarded(() => new TextDecoder(label).encoding);
}

function guarded(run: () => string): OpAnswer {
  try {
    return { ok: true, payload: run() };
  } catch {
    return INVALID;
  }
}
