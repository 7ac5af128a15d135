import { defineSkill } from 'carapace/skill';
import Handlebars from 'handlebars';

/** Compiles a template, which makes code out of text, and fills it. */
export const { tools } = defineSkill({
  tools: {
    run: {
      run: ({ names }: { names: string[] }) => {
        Handlebars.registerHelper('loud', (text: string) => text.toUpperCase());
        const render = Handlebars.compile(
          '{{#each names}}{{loud this}}{{#unless @last}}, {{/unless}}{{/each}} & {{{raw}}} {{escaped}}',
        );
        return { text: render({ names, raw: '<b>', escaped: '<i>' }) };
      },
    },
  },
});
