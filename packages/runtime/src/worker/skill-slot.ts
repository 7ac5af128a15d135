import type { GuestPort, IsolateEngine, IsolateSession, LoadOptions, PreparedIsolate } from './isolate-engine.ts';

/**
 * The one skill of a worker and the isolate it is in. In a fresh worker an empty isolate waits ahead of time; after
 * `renew` the next one does, and the skill is evaluated in it when its next call comes.
 */
export class SkillSlot {
  readonly #engine: IsolateEngine;
  readonly #port: GuestPort;
  #prepared: PreparedIsolate;
  #preparedMiB: number;
  #program: (LoadOptions & { readonly memoryMiB: number }) | undefined;
  #session: IsolateSession | undefined;

  constructor(engine: IsolateEngine, port: GuestPort, memoryMiB: number) {
    this.#engine = engine;
    this.#port = port;
    this.#preparedMiB = memoryMiB;
    this.#prepared = engine.prepare({ memoryMiB });
  }

  /** Takes the skill and evaluates it at once: the call that follows finds it running. */
  load(program: LoadOptions & { readonly memoryMiB: number }): void {
    this.#program = program;
    if (program.memoryMiB !== this.#preparedMiB) this.#prepare(program.memoryMiB);
    this.open();
  }

  /** The running skill; evaluates it when its isolate is still empty. Throws when none was loaded, which no host does. */
  open(): IsolateSession {
    if (this.#program === undefined) throw new Error('Cannot run call: no skill was loaded');
    this.#session ??= this.#prepared.open(this.#program, this.#port);
    return this.#session;
  }

  /** The running skill, if there is one: what arrives late must not start the next. */
  get current(): IsolateSession | undefined {
    return this.#session;
  }

  /** Throws the isolate away with all that a call may have left in it, and prepares the next one. */
  renew(): void {
    this.#session = undefined;
    this.#prepare(this.#preparedMiB);
  }

  #prepare(memoryMiB: number): void {
    this.#prepared.dispose();
    this.#preparedMiB = memoryMiB;
    this.#prepared = this.#engine.prepare({ memoryMiB });
  }
}
