import { defineSkill } from 'carapace/skill';
import { parse } from 'csv-parse/browser/esm/sync';

/** Reads a table with comments and converted columns. */
export const { tools } = defineSkill({
  tools: {
    run: {
      run: ({ csv }: { csv: string }) => ({
        records: parse(csv, { columns: true, comment: '#', trim: true, cast: true, bom: true }),
        problem: problemOf('a,b\n1'),
      }),
    },
  },
});

function problemOf(csv: string): unknown {
  try {
    return parse(csv);
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : undefined;
  }
}
