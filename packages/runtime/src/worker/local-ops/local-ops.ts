import type { OpAnswer } from '../bridge.ts';
import { CRYPTO_OPS, PATTERN_OPS, TEXT_OPS, URL_OPS } from '../guest-wire.ts';
import { answerCrypto } from './crypto-ops.ts';
import { TextOps } from './text-ops.ts';
import { answerUrl } from './url-ops.ts';
import { PatternOps } from './url-pattern-ops.ts';

export type LocalOps = ReadonlyMap<string, (payload: string) => OpAnswer>;

/** Ops that need nothing of the host: computed here by Node, because it does them right and fast. */
export function createLocalOps(): LocalOps {
  const text = new TextOps();
  const patterns = new PatternOps();
  const ops = new Map<string, (payload: string) => OpAnswer>();
  for (const op of URL_OPS) ops.set(op, (payload) => answerUrl(op, payload));
  for (const op of PATTERN_OPS) ops.set(op, (payload) => patterns.answer(op, payload));
  for (const op of TEXT_OPS) ops.set(op, (payload) => text.answer(op, payload));
  for (const op of CRYPTO_OPS) ops.set(op, (payload) => answerCrypto(op, payload));
  return ops;
}
