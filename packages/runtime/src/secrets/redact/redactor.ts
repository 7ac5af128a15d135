import { RedactionStream } from './redaction-stream.ts';
import { type NamedForm, SecretAutomaton } from './secret-automaton.ts';
import { secretForms } from './secret-forms.ts';

/** A text without the secrets that stood in it, and how many there were. */
export interface RedactedText {
  readonly text: string;
  readonly count: number;
}

/**
 * Looks for the values of secrets in texts and byte streams: as they are, reversed, in base64 and base64url at any place, in
 * hexadecimal, with percent, JSON or HTML escapes, in any letter case and with line breaks inside. Other transformations
 * get through; see docs/threat-model.md. Without secrets it costs nothing.
 */
export interface Redactor {
  /** The text with `[redacted:NAME]` in place of every secret. Synchronous; meant for texts that are whole. */
  readonly redactText: (text: string) => RedactedText;
  /** Tells whether a secret stands in whole bytes, such as the content of a file. */
  readonly contains: (bytes: Uint8Array) => boolean;
  /** For bytes that come in pieces. */
  readonly stream: () => RedactionStream;
}

/** A redactor whose secrets change while it is used. */
export interface LiveRedactor extends Redactor {
  /** Replaces what is looked for: pairs of name and value. */
  readonly lookFor: (secrets: Iterable<readonly [name: string, value: string]>) => void;
}

/** Makes a redactor that looks for nothing yet. */
export function createRedactor(): LiveRedactor {
  let automaton: SecretAutomaton | undefined;
  const stream = (): RedactionStream => new RedactionStream(() => automaton);
  return {
    stream,
    lookFor: (secrets) => {
      const forms: NamedForm[] = [];
      for (const [name, value] of secrets) forms.push(...secretForms(value).map((bytes) => ({ name, bytes })));
      automaton = forms.length === 0 ? undefined : new SecretAutomaton(forms);
    },
    contains: (bytes) => {
      if (automaton === undefined) return false;
      const scan = stream();
      scan.transform(bytes);
      scan.end();
      return scan.met;
    },
    redactText: (text) => {
      if (automaton === undefined || text === '') return { text, count: 0 };
      const scan = stream();
      const parts = [scan.transform(Buffer.from(text, 'utf8')), scan.end()];
      return scan.count() === 0
        ? { text, count: 0 }
        : { text: Buffer.concat(parts).toString('utf8'), count: scan.count() };
    },
  };
}
