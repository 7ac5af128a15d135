import { defineSkill } from 'carapace/skill';
import { chunk, debounce, groupBy, isEqual, kebabCase, merge, orderBy, template, uniqBy } from 'lodash-es';

interface Sale {
  readonly city: string;
  readonly amount: number;
}

/** Groups, sorts and formats; waits with a timer. */
export const { tools } = defineSkill({
  tools: {
    run: {
      run: async ({ sales }: { sales: Sale[] }) => {
        const late = await new Promise<string>((resolve) => {
          const call = debounce(resolve, 5);
          call('early');
          call('late');
        });
        return {
          groups: Object.fromEntries(Object.entries(groupBy(sales, 'city')).map(([city, of]) => [city, of.length])),
          order: orderBy(sales, ['amount'], ['desc']).map(({ amount }) => amount),
          pages: chunk(sales, 2).length,
          cities: uniqBy(sales, 'city').length,
          merged: merge({ a: { b: 1 } }, { a: { c: [2] } }),
          name: kebabCase('Größe Des Hauses'),
          text: template('<%= n %> sales')({ n: sales.length }),
          equal: isEqual(new Map([[1, { a: [1] }]]), new Map([[1, { a: [1] }]])),
          late,
        };
      },
    },
  },
});
