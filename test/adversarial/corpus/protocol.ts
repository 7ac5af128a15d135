import type { ProtocolCase } from '../protocol-case.ts';
import { EXIT_CASES, SILENT_CASES } from './protocol/deaths.ts';
import { FRAME_CASES } from './protocol/frames.ts';
import { MESSAGE_CASES } from './protocol/messages.ts';
import { STDERR_CASES } from './protocol/traffic.ts';

/** The rows of area IP that need nothing but a worker. Floods need files, and starts and ends of hosts are tests of their own. */
export const PROTOCOL_CASES: readonly ProtocolCase[] = [
  ...FRAME_CASES,
  ...MESSAGE_CASES,
  ...STDERR_CASES,
  ...SILENT_CASES,
  ...EXIT_CASES,
];
