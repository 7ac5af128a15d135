import { defineSkill } from 'carapace/skill';
import Papa from 'papaparse';

/** Reads a table with quoted cells and writes it with another delimiter. */
export const { tools } = defineSkill({
  tools: {
    run: {
      run: ({ csv }: { csv: string }) => {
        const { data, errors, meta } = Papa.parse(csv, {
          header: true,
          dynamicTyping: true,
          skipEmptyLines: true,
        });
        return {
          data,
          errors: errors.length,
          delimiter: meta.delimiter,
          again: Papa.unparse(data, { delimiter: ';', newline: '\n' }),
        };
      },
    },
  },
});
