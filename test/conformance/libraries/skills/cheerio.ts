import { defineSkill } from 'carapace/skill';
import { load } from 'cheerio';

/** Takes the table of a page apart and writes a changed page. */
export const { tools } = defineSkill({
  tools: {
    run: {
      run: ({ html }: { html: string }) => {
        const $ = load(html);
        const rows = $('table#stock tr:not(:first-child)')
          .map((_index, row) => [
            $(row)
              .children('td')
              .map((_at, cell) => $(cell).text().trim())
              .get(),
          ])
          .get();
        $('a[href^="/"]').attr('href', (_index, href) => new URL(href ?? '', 'https://example.com').href);
        return {
          title: $('title').text(),
          rows,
          links: $('a')
            .map((_index, link) => $(link).attr('href'))
            .get(),
          text: $('p').first().text(),
        };
      },
    },
  },
});
