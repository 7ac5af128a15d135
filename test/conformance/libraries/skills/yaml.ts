import { defineSkill } from 'carapace/skill';
import { parse, parseDocument, stringify } from 'yaml';

/** Reads a settings file with anchors, and changes one that has comments without losing them. */
export const { tools } = defineSkill({
  tools: {
    run: {
      run: ({ text }: { text: string }) => {
        const document = parseDocument(text);
        document.setIn(['servers', 0, 'port'], 9000);
        return {
          parsed: parse(text, { merge: true }),
          changed: document.toString(),
          written: stringify({ a: [1, 'two'], b: null }),
        };
      },
    },
  },
});
