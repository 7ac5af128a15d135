import { basename, relative, sep } from 'node:path';
import type { Rule } from './rule.ts';

/** Names that say nothing, so that everything ends up in them. */
const SAYS_NOTHING = new Set(['utils', 'util', 'helpers', 'helper', 'common', 'misc', 'manager']);

/** A file or folder is named after the one concept it holds; the tree must read like the story of a call. */
export const fileNames: Rule = {
  meta: { type: 'problem', docs: { description: 'Refuse file and folder names that say nothing' } },
  create({ filename, cwd, report }) {
    return {
      Program(node) {
        for (const part of relative(cwd, filename).split(sep)) {
          const words = basename(part).split('.')[0]?.split('-') ?? [];
          const empty = words.find((word) => SAYS_NOTHING.has(word.toLowerCase()));
          if (empty !== undefined) {
            report({ node, message: `Cannot name a file or folder "${part}": "${empty}" does not say what is in it` });
          }
        }
      },
    };
  },
};
