import type { Rule } from './rule.ts';

interface Suppression {
  readonly matches: RegExp;
  readonly hasReason: RegExp;
  readonly form: string;
}

const SUPPRESSIONS: readonly Suppression[] = [
  { matches: /^\s*(?:oxlint|eslint)-disable/, hasReason: / -- \S/, form: '`-- reason` at its end' },
  { matches: /^\s*biome-ignore/, hasReason: /biome-ignore[^:]*: *\S/, form: '`: reason` at its end' },
  { matches: /^[\s*]*@ts-expect-error/, hasReason: / -- \S/, form: '`-- reason` at its end' },
  // Both stay when the fault they hide is gone, so there is no form in which they are allowed.
  { matches: /^[\s*]*@ts-(?:ignore|nocheck)/, hasReason: /$^/, form: '@ts-expect-error in its place' },
];

/** A rule that is switched off must say why, or the next reader can only guess whether it still has to be off. */
export const reasonForDisable: Rule = {
  meta: { type: 'problem', docs: { description: 'Ask for a reason beside every suppression' } },
  create({ sourceCode, report }) {
    return {
      Program() {
        for (const comment of sourceCode.getAllComments()) {
          const found = SUPPRESSIONS.find(({ matches }) => matches.test(comment.value));
          if (found !== undefined && !found.hasReason.test(comment.value)) {
            report({ node: comment, message: `Cannot accept this suppression: it needs ${found.form}` });
          }
        }
      },
    };
  },
};
