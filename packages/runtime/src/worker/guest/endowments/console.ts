import { WIRE_LIMITS } from '../../guest-wire.ts';
import type { Endowment } from '../endowment.ts';
import { formatLog } from '../format-log.ts';
import { tryAsk } from '../host-call.ts';
import { defineValue, ObjectFreeze, StringPrototypeSlice } from '../primordials.ts';

const SymbolToStringTag: typeof Symbol.toStringTag = Symbol.toStringTag;

type Level = 'debug' | 'info' | 'warn' | 'error';
type Log = (...values: readonly unknown[]) => void;

/** Formatting happens here and yields plain text; the host only ever sees data (IS-046). */
export function writeLog(level: Level, text: string): void {
  tryAsk('log', `${level}\n${StringPrototypeSlice(text, 0, WIRE_LIMITS.logLineLength)}`);
}

const debug: Log = (...values) => writeLog('debug', formatLog(values));
const info: Log = (...values) => writeLog('info', formatLog(values));
const warn: Log = (...values) => writeLog('warn', formatLog(values));
const error: Log = (...values) => writeLog('error', formatLog(values));

/** `context.log`: a skill that replaces `console.log` does not change it. */
export const skillLog: Readonly<Record<Level, Log>> = ObjectFreeze({ debug, info, warn, error });

export const consoleEndowment: Endowment = {
  names: ['console'],
  install: () => {
    const console = { debug, error, info, log: info, warn };
    defineValue(console, SymbolToStringTag, 'console', false);
    return { console };
  },
};
