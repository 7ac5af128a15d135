import { defineSkill } from 'carapace/skill';
import { XMLBuilder, XMLParser, XMLValidator } from 'fast-xml-parser';

/** Reads a feed and writes one. */
export const { tools } = defineSkill({
  tools: {
    run: {
      run: ({ xml }: { xml: string }) => {
        const parsed: unknown = new XMLParser({ ignoreAttributes: false, isArray: (name) => name === 'item' }).parse(
          xml,
        );
        const built = new XMLBuilder({ ignoreAttributes: false }).build({ note: { '@_lang': 'de', to: 'Anna & Bob' } });
        return { parsed, built, valid: XMLValidator.validate('<a><b></a>') === true };
      },
    },
  },
});
