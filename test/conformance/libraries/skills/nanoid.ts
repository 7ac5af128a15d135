import { defineSkill } from 'carapace/skill';
import { customAlphabet, nanoid } from 'nanoid';

/** Makes random names. */
export const { tools } = defineSkill({
  tools: {
    run: {
      run: () => {
        const all = new Set(Array.from({ length: 1000 }, () => nanoid()));
        return {
          different: all.size,
          length: nanoid(12).length,
          digits: /^[0-9]{8}$/.test(customAlphabet('0123456789', 8)()),
        };
      },
    },
  },
});
