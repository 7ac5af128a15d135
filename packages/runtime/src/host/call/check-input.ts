import type { ToolSchema } from '@carapace/manifest';

/** Largest tool input as JSON text. Arguments come from a model, which writes less. */
export const MAX_INPUT_BYTES: number = 1024 * 1024;
const MAX_ISSUES = 8;

export type CheckedInput =
  | { readonly kind: 'accepted'; readonly json: string }
  | { readonly kind: 'refused'; readonly message: string };

/**
 * Serialises the caller's input once and checks what was serialised: a getter or a `toJSON` that answers differently the
 * second time cannot slip past the schema.
 */
export function checkInput(input: unknown, schema: ToolSchema): CheckedInput {
  const json = serialise(input);
  if (json === undefined) return refuse('it is not JSON');
  if (Buffer.byteLength(json) > MAX_INPUT_BYTES) return refuse(`it is larger than ${MAX_INPUT_BYTES} bytes`);
  const issues = schema.check(JSON.parse(json));
  if (issues.length === 0) return { kind: 'accepted', json };
  return refuse(
    issues
      .slice(0, MAX_ISSUES)
      .map(({ pointer, message }) => `${pointer === '' ? '/' : pointer} ${message}`)
      .join('; '),
  );
}

function serialise(input: unknown): string | undefined {
  try {
    const json: unknown = JSON.stringify(input ?? {});
    return typeof json === 'string' ? json : undefined;
  } catch {
    // Cycles, BigInt, throwing getters and proxies: the caller's mistake, reported as one.
    return undefined;
  }
}

function refuse(state: string): CheckedInput {
  return { kind: 'refused', message: `The input does not fit the tool: ${state}` };
}
