import { defineSkill } from 'carapace/skill';
import { marked } from 'marked';

/** Turns Markdown into HTML and into a list of headings. */
export const { tools } = defineSkill({
  tools: {
    run: {
      run: async ({ markdown }: { markdown: string }) => ({
        html: await marked.parse(markdown, { gfm: true }),
        headings: marked
          .lexer(markdown)
          .flatMap((token) => (token.type === 'heading' ? [`${token.depth} ${token.text}`] : [])),
      }),
    },
  },
});
