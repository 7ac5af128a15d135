/**
 * What a skill author writes against. Types only, plus one identity function: nothing here has any power, and a bundle
 * that uses it carries a few bytes of it.
 *
 * @module
 */

/** The skill's log. Lines go to the host's audit trail and to the result's `logs`; to the model only if the gateway adds them. */
export interface SkillLog {
  /** Detail for the author. */
  debug(...values: readonly unknown[]): void;
  /** What happened in the normal course of a call. */
  info(...values: readonly unknown[]): void;
  /** The call goes on, but somebody should know. */
  warn(...values: readonly unknown[]): void;
  /** The call, or a part of it, failed. */
  error(...values: readonly unknown[]): void;
}

/** How far a call has come. Give `progress` or `message`, or both. */
export interface SkillProgress {
  /** How much is done, from 0 to 2^53 - 1. It should rise from report to report. */
  readonly progress?: number;
  /** What `progress` will be at the end, if that is known. */
  readonly total?: number;
  /** What the tool is doing, one short line for a person; cut at 1,024 bytes. */
  readonly message?: string;
}

/** What the host tells a tool about the call it is in. */
export interface SkillContext {
  /**
   * Aborted when the caller gives up. Pass it to `fetch` and `fs` so that work ends in good order; the host kills the process 100 ms
   * later whether or not the skill listens. A spent budget gives no warning.
   */
  readonly signal: AbortSignal;
  /** The id the agent gave this call, for example `toolu_01`. Opaque text. */
  readonly callId: string;
  /** The name the tool was called by: its key in `tools`. */
  readonly tool: string;
  /**
   * For each secret that the manifest declares and the operator gave a value, by name: a placeholder that stands for it in
   * this call only. Put it into a request where the secret belongs (a header, a query value, the password of basic
   * authentication) and the host sets the value in, if that place of that request is what the manifest says. The value itself
   * never enters the skill. A name without a value is absent.
   */
  readonly secrets: Readonly<Record<string, string>>;
  /** Bounded by `limits.logKiB` of the manifest; a call that writes more is ended. */
  readonly log: SkillLog;
  /**
   * Reports how far the call has come; a text alone is the message. The caller gets at most some twenty reports a second, the
   * latest of those that come faster, and always the last. Counts against `limits.logKiB`. No effect after the call.
   *
   * @throws {TypeError} for anything but a text or a record with `progress` or `message`
   */
  progress(this: void, report: SkillProgress | string): void;
  /**
   * Appends to a preview of the result, for a caller who shows it while the tool still works. The result is what the tool
   * returns, and must hold everything that matters: a caller may not listen. Counts against `limits.outputKiB` together with
   * the result. No effect after the call.
   *
   * @throws {TypeError} for anything but a text
   */
  partial(this: void, text: string): void;
}

/**
 * One tool.
 *
 * @typeParam Input The shape that the tool's input schema in `skill.json` describes. The host checks every input
 * against that schema before the tool runs, so the type and the schema should say the same.
 */
export interface SkillTool<Input> {
  /**
   * Does the work of one call.
   *
   * @param input Already checked against the tool's input schema.
   * @param context The call's signal, id and log.
   * @returns A value that JSON can carry: the host checks it against the output schema and hands it to the model,
   * marked as untrusted data. `undefined` arrives as `null`; functions, symbols, BigInts and cycles fail the call.
   * @throws Anything: the name and message reach the model as a failed result, so write them for it.
   */
  run(input: Input, context: SkillContext): unknown;
}

/**
 * A skill: its tools by name. The names are those under `tools` in `skill.json`.
 *
 * @typeParam Inputs Input type of each tool, by tool name. Inferred from the `input` annotations.
 */
export interface Skill<Inputs> {
  readonly tools: { readonly [Name in keyof Inputs]: SkillTool<Inputs[Name]> };
}

/**
 * Names a skill's tools and infers the type of each input. Returns its argument unchanged.
 *
 * @example
 * ```ts
 * import { defineSkill } from 'carapace/skill';
 *
 * export default defineSkill({
 *   tools: {
 *     greet: { run: (input: { name: string }) => ({ greeting: `Hello ${input.name}` }) },
 *   },
 * });
 * ```
 *
 * @param skill The tools, each an object with a `run` function.
 * @returns The same object; make it the module's default export.
 */
export function defineSkill<Inputs>(skill: Skill<Inputs>): Skill<Inputs> {
  return skill;
}
