import { isAbsolute } from 'node:path';
import { SecretFailure } from '../secret-failure.ts';
import { nodeSecretPowers, type SecretPowers } from '../secret-powers.ts';
import type { SecretReading, SecretSource } from '../secret-source.ts';

/** A program that gives values, such as the client of a vault. */
export interface ExecProviderOptions {
  /** Absolute path. Started without a shell and without any environment but PATH. */
  readonly command: string;
  readonly args?: readonly string[];
  /** Names it is asked for when the runtime starts. Without them each is asked for when it is first needed. */
  readonly names?: readonly string[];
  /** Default 10,000. */
  readonly timeoutMs?: number;
}

const MAX_OUTPUT_BYTES = 256 * 1024;
const LONGEST_LEASE_MS = 24 * 60 * 60 * 1000;

/**
 * Secrets from a program. It reads `{"version":1,"get":["NAME"]}` and an end of file from its standard input, writes
 * `{"values":{"NAME":"…"},"expiresInMs":60000}` to its standard output (`expiresInMs` is optional, names it does not know are left out)
 * and exits with 0. What it writes to standard error is dropped.
 *
 * @throws SecretFailure when the command is no absolute path
 */
export function execProvider(options: ExecProviderOptions, powers: SecretPowers = nodeSecretPowers): SecretSource {
  const { command, args = [], names = [], timeoutMs = 10_000 } = options;
  if (!isAbsolute(command)) throw failure(command, 'it is not an absolute path');
  return {
    kind: 'exec',
    names: async () => names,
    read: async (name, signal) => {
      const input = `${JSON.stringify({ version: 1, get: [name] })}\n`;
      const run = { command, args, input, timeoutMs, maxOutputBytes: MAX_OUTPUT_BYTES };
      const outcome = await powers.run(run, signal);
      if (outcome.kind === 'failed') throw failure(command, outcome.state);
      return readAnswer(command, outcome.output, name);
    },
  };
}

function readAnswer(command: string, output: string, name: string): SecretReading | undefined {
  const answer = parseJson(output);
  const values = isRecord(answer) ? answer['values'] : undefined;
  if (!isRecord(answer) || !isRecord(values)) throw failure(command, 'its answer is not what the protocol says');
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw failure(command, 'its answer is not what the protocol says');
  const expiresInMs = answer['expiresInMs'];
  if (expiresInMs === undefined) return { value };
  if (typeof expiresInMs !== 'number' || !(expiresInMs >= 0))
    throw failure(command, 'its answer is not what the protocol says');
  return { value, expiresInMs: Math.min(expiresInMs, LONGEST_LEASE_MS) };
}

/** The error of JSON.parse quotes the text, which holds values: it goes no further. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function failure(command: string, state: string): SecretFailure {
  return new SecretFailure('ERR_CARAPACE_SECRET_SOURCE', `Cannot ask "${command}" for secrets: ${state}`);
}
