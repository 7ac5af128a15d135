import { writeLog } from './endowments/console.ts';
import { formatLog } from './format-log.ts';

/** An error in a timer or listener has no caller to go to: it is logged and the call goes on. */
export function reportUncaught(thrown: unknown): void {
  writeLog('error', formatLog(['Uncaught', thrown]));
}
