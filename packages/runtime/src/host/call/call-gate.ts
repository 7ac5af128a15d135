import type { SkillLimits } from '@carapace/manifest/base';
import { CallWindow } from './call-window.ts';

/** What may be limited for one tool beside the limits of its skill. */
export interface ToolCallLimits {
  readonly concurrency?: number;
  readonly callsPerMinute?: number;
}

/** Counts the calls of one loaded skill, and of each of its tools, against `concurrency` and `callsPerMinute`. */
export interface CallGate {
  /** Registers a call, or tells which limit refuses it. A refused call counts nowhere. */
  enter(tool: string): 'entered' | 'ERR_CARAPACE_BUDGET_CONCURRENCY' | 'ERR_CARAPACE_BUDGET_RATE';
  /** Once for every call that entered. */
  leave(tool: string): void;
}

interface Counter {
  readonly concurrency: number;
  readonly window: CallWindow;
  running: number;
}

/** @param toolLimits By name of the tool; a tool that it does not name has only the limits of the skill. */
export function createCallGate(
  limits: Pick<SkillLimits, 'concurrency' | 'callsPerMinute'>,
  toolLimits: ReadonlyMap<string, ToolCallLimits>,
  now: () => number,
): CallGate {
  const skill = createCounter(limits);
  const tools = new Map([...toolLimits].map(([tool, own]) => [tool, createCounter(own)]));
  return {
    enter: (tool) => {
      const at = now();
      const own = tools.get(tool);
      if (skill.window.isFull(at) || own?.window.isFull(at) === true) return 'ERR_CARAPACE_BUDGET_RATE';
      if (isCrowded(skill) || (own !== undefined && isCrowded(own))) return 'ERR_CARAPACE_BUDGET_CONCURRENCY';
      register(skill, at);
      if (own !== undefined) register(own, at);
      return 'entered';
    },
    leave: (tool) => {
      skill.running -= 1;
      const own = tools.get(tool);
      if (own !== undefined) own.running -= 1;
    },
  };
}

function createCounter({ concurrency, callsPerMinute }: ToolCallLimits): Counter {
  return {
    concurrency: concurrency ?? Number.POSITIVE_INFINITY,
    window: new CallWindow(callsPerMinute ?? Number.POSITIVE_INFINITY),
    running: 0,
  };
}

function isCrowded({ running, concurrency }: Counter): boolean {
  return running >= concurrency;
}

function register(counter: Counter, at: number): void {
  counter.window.add(at);
  counter.running += 1;
}
