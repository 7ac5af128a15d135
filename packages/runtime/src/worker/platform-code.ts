import type ivm from 'isolated-vm';
import type { createBridge } from './bridge.ts';
import { GUEST_PLATFORM } from './generated/guest-platform.js';
import type { Command } from './guest-wire.ts';

/** The guest's one entry: what the platform's script hands back. */
export type Receive = (command: Command, first: string, second: string, third: string) => undefined;

/** The guest platform, ready to be evaluated in any number of isolates of this process. */
export interface PlatformCode {
  /** Runs the platform in a fresh context. `bridge` becomes its argument, so that no global ever holds it. */
  evaluate(isolate: ivm.Isolate, context: ivm.Context, bridge: ReturnType<typeof createBridge>): ivm.Reference<Receive>;
}

/** `$0` is the name that host-call.ts declares for the bridge. */
const SOURCE = `(function ($0) {${GUEST_PLATFORM}\n})`;
const FILENAME = 'carapace:platform';

/**
 * Compiles the platform once per process. V8 parses it for the first isolate, which runs it and makes the code cache only
 * then: V8 gives back the script it has compiled already, together with every function that has run since, and an isolate
 * that starts from such a cache compiles nothing. It never leaves the process and no skill exists here when it is made: cached
 * code is believed by V8 unchecked (CVE-2022-39266), so nothing a skill could reach may write it.
 */
export function createPlatformCode(): PlatformCode {
  let cache: ivm.ExternalCopy<ArrayBuffer> | undefined;
  return {
    evaluate: (isolate, context, bridge) => {
      const script = isolate.compileScriptSync(SOURCE, {
        filename: FILENAME,
        ...(cache === undefined ? {} : { cachedData: cache }),
      });
      const platform: ivm.Reference<(bridge: unknown) => Receive> = script.runSync(context, { reference: true });
      const receive = platform.applySync(undefined, [bridge], { result: { reference: true } });
      cache ??= cachedDataOf(isolate.compileScriptSync(SOURCE, { filename: FILENAME, produceCachedData: true }));
      return receive;
    },
  };
}

/** The library adds the property to the script it returns; its types do not say so. */
function cachedDataOf(script: ivm.Script): ivm.ExternalCopy<ArrayBuffer> | undefined {
  return (script as ivm.Script & { readonly cachedData?: ivm.ExternalCopy<ArrayBuffer> }).cachedData;
}
