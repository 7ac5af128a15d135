import {
  StringPrototypeIndexOf,
  StringPrototypeSlice,
  StringPrototypeStartsWith,
  StringPrototypeToLowerCase,
  StringPrototypeTrim,
} from '../../primordials.ts';

/** What a `content-type` says, as far as bodies need it. */
export interface MimeType {
  /** Lower case, e.g. `multipart/form-data`; empty when there is none. */
  readonly essence: string;
  /** With its parameters; what a blob takes for its type. */
  readonly text: string;
  readonly boundary: string | undefined;
}

export function readMimeType(contentType: string | undefined): MimeType {
  const value = StringPrototypeTrim(contentType ?? '');
  const end = StringPrototypeIndexOf(value, ';');
  const essence = StringPrototypeToLowerCase(
    StringPrototypeTrim(end === -1 ? value : StringPrototypeSlice(value, 0, end)),
  );
  const rest = end === -1 ? '' : StringPrototypeSlice(value, end);
  return { essence, text: `${essence}${rest}`, boundary: readBoundary(rest) };
}

function readBoundary(parameters: string): string | undefined {
  const at = StringPrototypeIndexOf(StringPrototypeToLowerCase(parameters), 'boundary=');
  if (at === -1) return undefined;
  const value = StringPrototypeSlice(parameters, at + 'boundary='.length);
  const quoted = StringPrototypeStartsWith(value, '"');
  const from = quoted ? 1 : 0;
  const end = StringPrototypeIndexOf(value, quoted ? '"' : ';', from);
  return StringPrototypeTrim(end === -1 ? StringPrototypeSlice(value, from) : StringPrototypeSlice(value, from, end));
}
