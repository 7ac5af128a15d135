import { reportProgress, sendPartial } from './call-updates.ts';
import { SafeMap } from './collections.ts';
import { describeThrown, failureText } from './describe-failure.ts';
import { AbortController, abortError } from './endowments/abort.ts';
import { skillLog } from './endowments/console.ts';
import { tryAsk } from './host-call.ts';
import {
  follow,
  isInstance,
  JSONParse,
  ObjectFreeze,
  PromiseOf,
  ReflectApply,
  ReflectSetPrototypeOf,
} from './primordials.ts';
import { refuseLeftovers } from './requests.ts';
import { serialiseOutput } from './serialise-output.ts';
import { readEntry, type Tool } from './skill-entry.ts';

const NO_SECRETS: Readonly<Record<string, string>> = freezeBare({});

/** Placeholders of the call that comes next. */
let secrets: Readonly<Record<string, string>> = NO_SECRETS;
let tools = new SafeMap<string, Tool>();
let controller: AbortController | undefined;

/** Called by the entry module with the skill's namespace, once its evaluation has ended well. */
export function registerSkill(exported: { readonly default?: unknown; readonly tools?: unknown }): void {
  const entry = readEntryGuarded(exported);
  if (entry.kind === 'tools') tools = entry.tools;
  tryAsk(
    'registered',
    entry.kind === 'tools' ? '' : failureText('entry', 'SkillEntryError', `Cannot load skill: ${entry.reason}`),
  );
}

function readEntryGuarded(exported: Parameters<typeof registerSkill>[0]): ReturnType<typeof readEntry> {
  try {
    return readEntry(exported);
  } catch {
    return { kind: 'invalid', reason: 'its exports cannot be inspected' };
  }
}

/** Runs one tool. Whatever happens, exactly one result or failure reaches the worker; it ignores any further one (BD-104). */
export function startCall(callId: string, toolName: string, inputJson: string): void {
  refuseLeftovers();
  const tool = tools.get(toolName);
  if (tool === undefined) {
    fail(failureText('entry', 'SkillEntryError', `Cannot call tool "${toolName}": the skill does not export it`));
    return;
  }
  const current = new AbortController();
  controller = current;
  const context = ObjectFreeze({
    signal: current.signal,
    callId,
    tool: toolName,
    log: skillLog,
    progress: reportProgress,
    partial: sendPartial,
    secrets: takeSecrets(),
  });
  const onFailure = (thrown: unknown): void => fail(describeThrown('run', thrown));
  let returned: unknown;
  try {
    returned = ReflectApply(tool.run, tool.self, [JSONParse(inputJson), context]);
  } catch (thrown) {
    onFailure(thrown);
    return;
  }
  // The promise of an async tool is followed directly: adopting it would run `then` as the skill left it (IS-039).
  if (isInstance(PromiseOf, returned)) follow(returned, finish, onFailure);
  else follow(new PromiseOf((resolve) => resolve(returned)), finish, onFailure);
}

/** @param json By declared name, the placeholder for each secret that the coming call may use. */
export function announceSecrets(json: string): void {
  const given: Record<string, string> = JSONParse(json);
  secrets = freezeBare(given);
}

/** Without a prototype, so that a name that is not there is undefined whatever it is. */
function freezeBare(entries: Record<string, string>): Readonly<Record<string, string>> {
  ReflectSetPrototypeOf(entries, null);
  return ObjectFreeze(entries);
}

/** They are worth nothing after their call, and the next one has its own. */
function takeSecrets(): Readonly<Record<string, string>> {
  const taken = secrets;
  secrets = NO_SECRETS;
  return taken;
}

export function abortCall(reason: string): void {
  controller?.abort(abortError(reason === '' ? 'This call was aborted' : reason));
}

/**
 * Runs a call of ours while the isolate is prepared. Its ops are refused, because no skill is open; what remains is that
 * V8 has compiled the way of a call, which saves the first real one a quarter of a millisecond.
 */
export function warmUp(): void {
  registerSkill({ tools: { warm: { run: () => ({ warm: [1] }) } } });
  startCall('', 'warm', '{}');
  tools = new SafeMap();
  controller = undefined;
}

function finish(value: unknown): void {
  let failure: string;
  try {
    const output = serialiseOutput(value);
    if (output.ok) {
      const answer = tryAsk('result', output.json);
      if (answer.ok || answer.code === 'call-ended') return;
      failure = failureText('output', 'SkillOutputError', 'Cannot return value: it is larger than the limit');
    } else failure = failureText('output', 'SkillOutputError', output.reason);
  } catch (thrown) {
    failure = describeThrown('output', thrown);
  }
  fail(failure);
}

function fail(failure: string): void {
  tryAsk('failure', failure);
}
