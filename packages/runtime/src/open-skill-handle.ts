import { randomUUID } from 'node:crypto';
import type { Isolation, SkillManifest, ToolLimits } from '@carapace/manifest';
import { resolveToolLimits } from '@carapace/manifest/base';
import { type ApprovalRequest, type Approve, askForApproval } from './approval.ts';
import { auditConstant } from './audit/stamp-event.ts';
import { type CallOptions, checkCallId } from './call-options.ts';
import { type CallPlace, choosePlace } from './call-place.ts';
import { type CloseOptions, settledWithin } from './close-options.ts';
import { RuntimeFailure } from './errors.ts';
import type { CallExecutor, ExecutedCall } from './host/call/call-executor.ts';
import { type CallGate, createCallGate } from './host/call/call-gate.ts';
import type { CallOutcome } from './host/call/call-outcome.ts';
import { checkInput } from './host/call/check-input.ts';
import { emptyUsage } from './host/call/empty-usage.ts';
import type { LoadedSkill, LoadedTool } from './host/call/loaded-skill.ts';
import { type AuditRecorder, auditCall, createCallAudit, startRecord } from './host/call/record-call.ts';
import { recordRejection, recordResult, recordRun } from './host/call/record-end.ts';
import { settleCall } from './host/call/settle-call.ts';
import { TenantBreakers } from './host/call/tenant-breakers.ts';
import { openUpdateFeed } from './host/call/update-powers.ts';
import type { IsolationBound } from './policy/choose-isolation.ts';
import type { GrantSet } from './policy/resolve-grants.ts';
import { standingLayers } from './protection/protection-report.ts';
import type { ResultOutcome } from './result/outcome.ts';
import type { ProtectionInForce } from './result/provenance.ts';
import type { Redaction } from './result/redaction.ts';
import { RESULT_CODES, type ResultCode } from './result/result-codes.ts';
import { sanitiseText } from './result/sanitise-text.ts';
import { createToolResult, type ToolResult } from './result/tool-result.ts';
import type { SkillHandle, SkillOverlay } from './skill-handle.ts';

export interface HandleParts {
  readonly skill: LoadedSkill;
  readonly executor: CallExecutor;
  readonly recorder: AuditRecorder;
  readonly approve: Approve;
  readonly protection: ProtectionInForce;
  readonly isolation: IsolationBound;
  /** Takes the values of secrets out of everything that leaves the host. */
  readonly redaction: Redaction;
  readonly now: () => number;
  readonly onClose: () => void;
}

/** One call, past the checks that need no skill. */
interface Attempt {
  readonly callId: string;
  readonly tool: string;
  readonly input: unknown;
  readonly place: CallPlace;
  readonly signal: AbortSignal | undefined;
  readonly onUpdate: CallOptions['onUpdate'];
}

/** Takes a call through its checks in order: open, tool, input, limits between calls, approval; then runs and tags it. */
export class OpenSkillHandle implements SkillHandle {
  readonly #parts: HandleParts;
  readonly #gate: CallGate;
  readonly #breakers: TenantBreakers;
  readonly #approved = new Set<string>();
  readonly #protection = new Map<Isolation, ProtectionInForce>();
  readonly #closing = new AbortController();
  #closed = false;
  readonly #running = new Set<Promise<unknown>>();

  constructor(parts: HandleParts) {
    this.#parts = parts;
    this.#gate = createCallGate(parts.skill.limits, toolLimits(parts.skill), parts.now);
    this.#breakers = new TenantBreakers(parts.now);
  }

  get manifest(): SkillManifest {
    return this.#parts.skill.installed.manifest;
  }

  get instructions(): string {
    return sanitiseText(this.#parts.skill.installed.instructions ?? '').text;
  }

  get grants(): GrantSet {
    return this.#parts.skill.grants;
  }

  call(tool: string, input: unknown, options: CallOptions = {}): Promise<ToolResult> {
    const callId = checkCallId(options.callId ?? `call_${randomUUID()}`);
    const place = choosePlace(options, this.#parts.isolation);
    const running = this.#call({ callId, tool, input, place, signal: options.signal, onUpdate: options.onUpdate });
    this.#running.add(running);
    const settled = (): void => void this.#running.delete(running);
    running.then(settled, settled);
    return running;
  }

  overlay(mount: string): SkillOverlay {
    const overlay = this.#parts.skill.overlays.get(mount);
    if (overlay !== undefined) return overlay;
    throw new RuntimeFailure(
      'ERR_CARAPACE_RUNTIME_GRANT',
      `Cannot show changes of mount "${mount}": the skill was loaded without an overlay for it`,
      { detail: { mount } },
    );
  }

  async close({ graceMs = 0 }: CloseOptions = {}): Promise<void> {
    this.#closed = true;
    if (graceMs > 0) await settledWithin(this.#running, graceMs);
    this.#closing.abort();
    await Promise.allSettled(this.#running);
    const { executor, skill, onClose } = this.#parts;
    executor.forget(skill);
    await skill[Symbol.asyncDispose]();
    onClose();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #call(attempt: Attempt): Promise<ToolResult> {
    this.#assertOpen();
    const { skill } = this.#parts;
    const tool = skill.tools.get(attempt.tool);
    if (tool === undefined) return this.#refuse(attempt, 'ERR_CARAPACE_SKILL_TOOL_UNKNOWN');
    const input = checkInput(attempt.input, tool.input);
    if (input.kind === 'refused') return this.#refuse(attempt, 'ERR_CARAPACE_SKILL_BAD_INPUT', input.message);
    const entered = this.#gate.enter(attempt.tool);
    if (entered !== 'entered') return this.#refuse(attempt, entered);
    try {
      if (!(await this.#isApproved(attempt, tool, input.json)))
        return this.#refuse(
          attempt,
          'ERR_CARAPACE_PERMISSION_DENIED',
          'The call needs approval, and nobody has approved it',
        );
      return await this.#runUnlessSuspended(attempt, tool, input.json);
    } finally {
      this.#gate.leave(attempt.tool);
    }
  }

  async #runUnlessSuspended(attempt: Attempt, tool: LoadedTool, inputJson: string): Promise<ToolResult> {
    const { tenant } = attempt.place;
    const admission = this.#breakers.admit(tenant);
    if (admission.kind === 'refused') {
      const seconds = Math.ceil(admission.retryInMs / 1000);
      const message = `The skill is suspended for another ${seconds} s, because its worker ended badly several times in a row`;
      return this.#refuse(attempt, 'ERR_CARAPACE_SKILL_SUSPENDED', message);
    }
    let outcome: CallOutcome | undefined;
    try {
      return await this.#run(attempt, tool, inputJson, (end) => {
        outcome = end;
      });
    } finally {
      this.#breakers.record(tenant, admission, outcome);
    }
  }

  async #isApproved(attempt: Attempt, { definition }: LoadedTool, inputJson: string): Promise<boolean> {
    const { callId, tool, place } = attempt;
    const { approval } = definition;
    // What one tenant's operator has agreed to is not agreed to for another.
    const once = `${place.tenant}\n${tool}`;
    if (approval === 'never' || (approval === 'once' && this.#approved.has(once))) return true;
    const { manifest, digest } = this.#parts.skill.installed;
    const request: ApprovalRequest = {
      skill: manifest.name,
      version: manifest.version,
      digest,
      tool,
      callId,
      inputJson,
      approval,
    };
    const approved = await askForApproval(this.#parts.approve, request, this.#signalFor(attempt));
    if (approved && approval === 'once') this.#approved.add(once);
    return approved;
  }

  /** Aborts with the caller's signal and with the handle. */
  #signalFor({ signal }: Attempt): AbortSignal {
    return signal === undefined ? this.#closing.signal : AbortSignal.any([signal, this.#closing.signal]);
  }

  async #run(
    attempt: Attempt,
    tool: LoadedTool,
    inputJson: string,
    onOutcome: (outcome: CallOutcome) => void,
  ): Promise<ToolResult> {
    // Closed while the approval was asked for: the directories of the skill may be closed by now.
    if (this.#closing.signal.aborted) throw handleClosed();
    const { skill, executor, recorder, now } = this.#parts;
    const startedAt = now();
    const identity = auditCall(skill, attempt.callId);
    recorder.record(startRecord(identity, attempt.tool, inputJson, skill, this.#protectionFor(attempt)));
    const signal = this.#signalFor(attempt);
    const receipt = randomUUID();
    using updates = openUpdateFeed(skill, attempt, signal, now, this.#parts.redaction);
    let executed: ExecutedCall | undefined;
    try {
      executed = await executor.execute({
        skill,
        callId: attempt.callId,
        tool: attempt.tool,
        inputJson,
        ...attempt.place,
        startedAt,
        audit: createCallAudit(recorder, identity),
        ...(updates === undefined ? {} : { updates }),
        signal,
      });
      onOutcome(executed.end.outcome);
      recordRun(recorder, identity, executed.end, skill);
      const outcome = settleCall(executed.end.outcome, tool.output);
      updates?.end();
      const result = this.#toResult(attempt, outcome, receipt, executed);
      recordResult(recorder, identity, attempt.tool, result);
      return result;
    } catch (error) {
      // Aborted while it waited for a worker: the pool rejects with the signal's own reason.
      if (executed === undefined && signal.aborted && error === signal.reason) {
        return this.#refuse(attempt, 'ERR_CARAPACE_CALL_ABORTED');
      }
      recordRejection(recorder, identity, attempt.tool, { error, end: executed?.end, receipt });
      throw error;
    }
  }

  /** A result without a run: nothing of the skill was executed. */
  #refuse(attempt: Attempt, code: ResultCode, message: string = RESULT_CODES[code].sentence): ToolResult {
    const { recorder, skill } = this.#parts;
    const result = this.#toResult(attempt, { kind: 'refused', code, message }, randomUUID(), undefined);
    recordResult(recorder, auditCall(skill, attempt.callId), attempt.tool, result);
    return result;
  }

  #toResult(
    attempt: Attempt,
    outcome: ResultOutcome,
    receiptId: string,
    executed: ExecutedCall | undefined,
  ): ToolResult {
    const { skill } = this.#parts;
    const { manifest, digest } = skill.installed;
    const standing = this.#protectionFor(attempt);
    const report = executed?.protection;
    const inForce =
      report === undefined ? standing : { ...standing, level: report.level, layers: standingLayers(report) };
    return createToolResult(outcome, {
      skill: manifest.name,
      version: manifest.version,
      digest,
      tool: attempt.tool,
      callId: attempt.callId,
      protection: inForce,
      mounts: executed?.end.mounts ?? [],
      hosts: executed?.end.hosts ?? [],
      usage: executed?.end.usage ?? emptyUsage(),
      receiptId,
      redaction: this.#parts.redaction,
      ...(executed === undefined || executed.end.logs.length === 0 ? {} : { logs: executed.end.logs }),
    });
  }

  #protectionFor({ place: { isolation } }: Attempt): ProtectionInForce {
    const known = this.#protection.get(isolation);
    if (known !== undefined) return known;
    const protection = auditConstant(Object.freeze({ ...this.#parts.protection, isolation }));
    this.#protection.set(isolation, protection);
    return protection;
  }

  #assertOpen(): void {
    if (this.#closed) throw handleClosed();
  }
}

function handleClosed(): RuntimeFailure {
  return new RuntimeFailure('ERR_CARAPACE_RUNTIME_CLOSED', 'Cannot call tool: the skill handle is closed');
}

/** By name of the tool. A policy may have lowered the skill's limits below what a tool was promised. */
function toolLimits({ tools, limits }: LoadedSkill): ReadonlyMap<string, ToolLimits> {
  return new Map([...tools].map(([name, { definition }]) => [name, resolveToolLimits(definition.limits, limits)]));
}
