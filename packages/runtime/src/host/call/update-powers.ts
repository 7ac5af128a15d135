import { inspect } from 'node:util';
import type { Redaction } from '../../result/redaction.ts';
import type { LoadedSkill } from './loaded-skill.ts';
import { type FeedPowers, type OnUpdate, UpdateFeed } from './update-feed.ts';

export interface Listening {
  readonly callId: string;
  readonly tool: string;
  readonly onUpdate: OnUpdate | undefined;
}

/** The feed of one call to its caller; none when nobody listens. */
export function openUpdateFeed(
  { installed }: LoadedSkill,
  { callId, tool, onUpdate }: Listening,
  signal: AbortSignal,
  now: () => number,
  redaction: Redaction,
): UpdateFeed | undefined {
  if (onUpdate === undefined) return undefined;
  const { manifest, digest } = installed;
  const facts = { skill: manifest.name, version: manifest.version, digest, tool, callId };
  return new UpdateFeed(facts, { onUpdate, signal }, nodeFeedPowers(now, callId), redaction);
}

/**
 * The process's own. An error of the callback becomes a process warning: it is a bug of the program around the runtime, which
 * must not break the call of a skill, and the audit trail tells what skills do and not what gateways do.
 */
function nodeFeedPowers(now: () => number, callId: string): FeedPowers {
  return {
    now,
    schedule: (delayMs, run) => {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
    onCallbackError: (error) => {
      process.emitWarning(`Cannot hand over updates of call "${callId}": onUpdate failed`, {
        type: 'CarapaceWarning',
        code: 'CARAPACE_ON_UPDATE',
        detail: inspect(error, { depth: 2 }),
      });
    },
  };
}
