import type { JsonValue } from '@carapace/manifest';
import { chooseNonce, drawRandomNonce, type EnvelopeRegion, renderEnvelope, toTruncationNotice } from './envelope.ts';
import type { ResultOutcome } from './outcome.ts';
import { type Provenance, type ResultUsage, toProvenance, toTaint } from './provenance.ts';
import { type RemovalCounts, RemovalTally } from './removal-counts.ts';
import { type SkillFailureText, toResultBody } from './result-body.ts';
import { RESULT_CODES, type ResultCode } from './result-codes.ts';
import { DEFAULT_RESULT_LIMITS, type ResultContext } from './result-context.ts';
import { sanitiseInto, sanitiseText } from './sanitise-text.ts';
import { type SkillLog, toSkillLog } from './skill-log.ts';
import { type TruncateLimits, type Truncation, truncateText } from './truncate.ts';

/** Sanitised text of the skill. A result that was cut has a `head` and a `tail`. */
export interface TextBlock {
  readonly type: 'text';
  readonly part: 'whole' | 'head' | 'tail';
  readonly text: string;
}

/** A block of the Anthropic Messages API (2023-06-01 and later). */
export interface AnthropicToolResult {
  readonly type: 'tool_result';
  readonly tool_use_id: string;
  readonly is_error: boolean;
  readonly content: readonly { readonly type: 'text'; readonly text: string }[];
}

interface ResultFields {
  readonly code: ResultCode | undefined;
  readonly content: readonly TextBlock[];
  readonly structured: JsonValue | undefined;
  readonly failure: SkillFailureText | undefined;
  readonly provenance: Provenance;
  readonly usage: ResultUsage;
  readonly taint: readonly string[];
  readonly receiptId: string;
  readonly truncated: Truncation | undefined;
  readonly removed: RemovalCounts;
  readonly logs: SkillLog | undefined;
  readonly nonce: string;
}

/** Held by this module alone, so that `result.constructor` is of no use to anybody. */
const MINT = Symbol('mint');

class MintedToolResult {
  readonly isError: boolean;
  /** Why the call failed; undefined when it did not. */
  readonly code: ResultCode | undefined;
  readonly content: readonly TextBlock[];
  /** The value the tool returned, sanitised, frozen, objects without prototype. Undefined on error. */
  readonly structured: JsonValue | undefined;
  /** What the skill said about its failure: untrusted text. */
  readonly failure: SkillFailureText | undefined;
  readonly provenance: Provenance;
  readonly usage: ResultUsage;
  readonly taint: readonly string[];
  /** Finds the call in the audit trail. */
  readonly receiptId: string;
  readonly truncated: Truncation | undefined;
  /** What the sanitiser removed or broke, over every string of the result. */
  readonly removed: RemovalCounts;
  readonly logs: SkillLog | undefined;
  readonly #nonce: string;

  constructor(mint: symbol, fields: ResultFields) {
    if (mint !== MINT) throw new TypeError('Cannot construct a ToolResult: only createToolResult does');
    this.isError = fields.code !== undefined;
    this.code = fields.code;
    this.content = fields.content;
    this.structured = fields.structured;
    this.failure = fields.failure;
    this.provenance = fields.provenance;
    this.usage = fields.usage;
    this.taint = fields.taint;
    this.receiptId = fields.receiptId;
    this.truncated = fields.truncated;
    this.removed = fields.removed;
    this.logs = fields.logs;
    this.#nonce = fields.nonce;
    Object.freeze(this);
  }

  static isMinted(value: unknown): value is MintedToolResult {
    return typeof value === 'object' && value !== null && #nonce in value;
  }

  /** A `tool_result` block. `logs: true` adds the log lines of the skill as a marked region of their own. */
  toAnthropic(options: { readonly logs?: boolean } = {}): AnthropicToolResult {
    return {
      type: 'tool_result',
      tool_use_id: this.provenance.callId,
      is_error: this.isError,
      content: [{ type: 'text', text: this.#toEnvelope(options.logs === true) }],
    };
  }

  /** For a terminal: every line of the skill is marked with `| `, so that it cannot pass for a line of the host. */
  toText(): string {
    const { skill, version, tool } = this.provenance;
    const title = `${this.isError ? 'Failed' : 'Untrusted result'}: ${skill}@${version} ${tool}`;
    const header = sanitiseText(title, { singleLine: true }).text;
    const reason = this.code === undefined ? [] : [`${RESULT_CODES[this.code].sentence} (${this.code})`];
    const notice = this.truncated === undefined ? [] : [toTruncationNotice(this.truncated)];
    const [first, ...rest] = this.content.map((block) => block.text.replaceAll(/^/gm, '| '));
    return [header, ...reason, ...(first === undefined ? [] : [first]), ...notice, ...rest].join('\n');
  }

  /** Plain data for a log. */
  toJSON(): Readonly<Record<string, unknown>> {
    const { isError, code, content, structured, failure, provenance, usage, taint, receiptId } = this;
    const { truncated, removed, logs } = this;
    return {
      isError,
      code,
      content,
      structured,
      failure,
      provenance,
      usage,
      taint,
      receiptId,
      truncated,
      removed,
      logs,
    };
  }

  #toEnvelope(withLogs: boolean): string {
    const { truncated } = this;
    const regions = this.content.map(({ text, part }): EnvelopeRegion => {
      return part === 'tail' && truncated !== undefined ? { text, notice: toTruncationNotice(truncated) } : { text };
    });
    if (withLogs && this.logs !== undefined) regions.push(toLogRegion(this.logs));
    return renderEnvelope({ provenance: this.provenance, code: this.code, nonce: this.#nonce, regions });
  }
}

/** What a tool call gives back. Immutable, always tagged as untrusted, made by `createToolResult` only. */
export type ToolResult = MintedToolResult;

export function isToolResult(value: unknown): value is ToolResult {
  return MintedToolResult.isMinted(value);
}

/**
 * The one exit of untrusted data: parses, sanitises, cuts and tags the outcome of a call. Hostile outcomes do not make it
 * throw; text that is no valid result becomes `ERR_CARAPACE_SKILL_BAD_OUTPUT`.
 */
export function createToolResult(outcome: ResultOutcome, context: ResultContext): ToolResult {
  const tally = new RemovalTally(context.redaction);
  const limits = { ...DEFAULT_RESULT_LIMITS, ...context.limits };
  const body = toResultBody(outcome, tally);
  const { content, truncated } = toContent(body.text, limits.text, tally);
  const logs = context.logs === undefined ? undefined : toSkillLog(context.logs, limits.logs, tally);
  const provenance = toProvenance(context);
  const texts = [...content.map((block) => block.text), ...(logs === undefined ? [] : [toLogRegion(logs).text])];
  return new MintedToolResult(MINT, {
    code: body.code,
    content,
    structured: body.structured,
    failure: body.failure,
    provenance,
    usage: Object.freeze({ ...context.usage }),
    taint: toTaint(provenance, context.taint ?? []),
    receiptId: context.receiptId,
    truncated,
    removed: tally.toCounts(),
    logs,
    nonce: chooseNonce(texts, context.drawNonce ?? drawRandomNonce),
  });
}

/** A cut can complete a marker that its neighbour kept harmless, so the pieces are sanitised once more. */
function toContent(
  text: string,
  limits: TruncateLimits,
  tally: RemovalTally,
): { readonly content: readonly TextBlock[]; readonly truncated: Truncation | undefined } {
  const cut = truncateText(text, limits);
  if (cut.kind === 'whole') return { content: Object.freeze([toBlock('whole', cut.text)]), truncated: undefined };
  const pieces = [toBlock('head', sanitiseInto(tally, cut.head)), toBlock('tail', sanitiseInto(tally, cut.tail))];
  return { content: Object.freeze(pieces), truncated: Object.freeze(cut.truncation) };
}

function toBlock(part: TextBlock['part'], text: string): TextBlock {
  return Object.freeze({ type: 'text', part, text });
}

function toLogRegion(log: SkillLog): EnvelopeRegion {
  const text = log.lines.map((line) => `${line.level}: ${line.text}`).join('\n');
  const dropped = log.droppedLines === 0 ? '' : `; ${log.droppedLines} more lines are left out`;
  return { text, notice: `log lines written by the skill${dropped}` };
}
