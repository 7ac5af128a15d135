import { readFile } from 'node:fs/promises';
import { defineSkill } from 'carapace/skill';
import { extractText, getDocumentProxy, getMeta } from 'unpdf';

/** Takes the text out of a PDF file. */
export const { tools } = defineSkill({
  tools: {
    run: {
      run: async () => {
        const pdf = await getDocumentProxy(await readFile('/work/report.pdf'));
        const { totalPages, text } = await extractText(pdf, { mergePages: true });
        const { info } = await getMeta(pdf);
        return {
          totalPages,
          words: text.split(/\s+/).length > 20,
          start: text.slice(0, 40),
          title: info['Title'] ?? null,
        };
      },
    },
  },
});
