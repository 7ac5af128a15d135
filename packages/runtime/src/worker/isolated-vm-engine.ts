import ivm from 'isolated-vm';
import { createBridge, type OpAnswer, type OpHandlers } from './bridge.ts';
import { endowmentModuleSource } from './guest-modules.ts';
import { type GuestRealm, GuestSession, type Turn } from './guest-session.ts';
import {
  type GuestPort,
  type IsolateEngine,
  IsolateLost,
  type IsolateSession,
  type LoadOptions,
  type PreparedIsolate,
  type PrepareOptions,
} from './isolate-engine.ts';
import { type LinkedSkill, linkSkill } from './link-skill.ts';
import { createLocalOps } from './local-ops/local-ops.ts';
import { createPlatformCode, type PlatformCode, type Receive } from './platform-code.ts';

/**
 * isolated-vm behind the engine interface. Every call into it is synchronous and none has a timeout: the host kills a
 * worker that does not come back. Objects of the library stay in this file, bridge.ts and link-skill.ts; what the guest
 * gets is one plain function.
 */
export function createIsolatedVmEngine(): IsolateEngine {
  const platform = createPlatformCode();
  return { prepare: (options) => new PreparedIvmIsolate(options, platform) };
}

class PreparedIvmIsolate implements PreparedIsolate {
  readonly #isolate: ivm.Isolate;
  readonly #context: ivm.Context;
  readonly #internals: ivm.Module;
  readonly #receive: ivm.Reference<Receive>;
  #opened = false;
  #session: OpHandlers['session'] = refuseOp;

  constructor({ memoryMiB }: PrepareOptions, platform: PlatformCode) {
    // Without onCatastrophicError V8 aborts the process when it has lost control, which is what a worker should do.
    this.#isolate = new ivm.Isolate({ memoryLimit: Math.max(8, memoryMiB) });
    this.#context = this.#isolate.createContextSync();
    const bridge = createBridge({
      session: (op, payload) => this.#session(op, payload),
      local: createLocalOps(),
    });
    this.#receive = platform.evaluate(this.#isolate, this.#context, bridge);
    this.#internals = this.#isolate.compileModuleSync(endowmentModuleSource('carapace:internals'), {
      filename: 'carapace:internals',
    });
    this.#internals.instantiateSync(this.#context, refuseImport);
    this.#internals.evaluateSync();
  }

  open(load: LoadOptions, port: GuestPort): IsolateSession {
    if (this.#opened) throw new Error('Cannot open skill: this isolate already holds one');
    this.#opened = true;
    if (load.endowments.net) this.#receive.applySync(undefined, ['endow', 'fetch', '', '']);
    let linked: LinkedSkill | undefined;
    const realm: GuestRealm = {
      receive: (command, first, second, third) =>
        this.#turn(() => this.#receive.applySync(undefined, [command, first, second, third])),
      probeLoad: () => this.#turn(() => linked?.probe()),
    };
    const session = new GuestSession(load, port, realm);
    this.#session = (op, payload) => session.handleOp(op, payload);
    const linking = this.#turn(() => {
      linked = linkSkill(this.#isolate, this.#context, this.#internals, load);
    });
    if (linking.kind === 'threw') session.failLoad(linking.thrown);
    else session.start(() => this.#turn(() => linked?.evaluate()));
    return {
      call: (call, tool, inputJson, secrets) => session.call(call, tool, inputJson, secrets),
      deliver: (reply, body) => session.deliver(reply, body),
      abort: (reason) => session.abort(reason),
      dispose: () => this.dispose(),
    };
  }

  dispose(): void {
    this.#session = refuseOp;
    if (!this.#isolate.isDisposed) this.#isolate.dispose();
  }

  /** Enters the isolate. What comes out as an exception is an unhandled rejection, unless the isolate itself is gone. */
  #turn(enter: () => unknown): Turn {
    if (this.#isolate.isDisposed) throw new IsolateLost('run skill', undefined);
    try {
      enter();
      return { kind: 'returned' };
    } catch (thrown) {
      if (this.#isolate.isDisposed) throw new IsolateLost('run skill', thrown);
      return { kind: 'threw', thrown };
    }
  }
}

/** Before a skill is opened and after it is closed nothing has an effect. */
function refuseOp(): OpAnswer {
  return { ok: false, code: 'call-ended' };
}

function refuseImport(specifier: string): never {
  throw new Error(`Cannot import "${specifier}": the platform has no such module`);
}
