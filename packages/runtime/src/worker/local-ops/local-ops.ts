import type { OpAnswer } from '../bridge.ts';
import type { Op } from '../guest-wire.ts';

/** Ops that need nothing of the host: computed here by Node, because it does them right and fast. */
export class LocalOps {
  answer(_op: Op, _payload: string): OpAnswer {
    return { ok: false, code: 'bad-op' };
  }
}
