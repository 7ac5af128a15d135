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
 * Compiles the platform once per process: V8 parses it for the first isolate and reads its code cache for every later one,
 * which saves three quarters of the time. The cache never leaves the process and is made by the first isolate, before any
 * skill exists here: cached code is believed by V8 unchecked (CVE-2022-39266), so nothing a skill could reach may write it.
 */
export function createPlatformCode(): PlatformCode {
  let cache: ivm.ExternalCopy<ArrayBuffer> | undefined;
  return {
    evaluate: (isolate, context, bridge) => {
      const script = isolate.compileScriptSync(SOURCE, {
        filename: FILENAME,
        ...(cache === undefined ? { produceCachedData: true } : { cachedData: cache }),
      });
      cache ??= cachedDataOf(script);
      const platform: ivm.Reference<(bridge: unknown) => Receive> = script.runSync(context, { reference: true });
      return platform.applySync(undefined, [bridge], { result: { reference: true } });
    },
  };
}

/** The library adds the property to the script it returns; its types do not say so. */
function cachedDataOf(script: ivm.Script): ivm.ExternalCopy<ArrayBuffer> | undefined {
  return (script as ivm.Script & { readonly cachedData?: ivm.ExternalCopy<ArrayBuffer> }).cachedData;
}
