import { defineSkill } from 'carapace/skill';
import { type CountInput, countText } from './count.ts';
import { judgeReadability, type ReadabilityInput } from './readability.ts';

export default defineSkill({
  tools: {
    count: { run: (input: CountInput) => countText(input) },
    readability: { run: (input: ReadabilityInput) => judgeReadability(input) },
  },
});
