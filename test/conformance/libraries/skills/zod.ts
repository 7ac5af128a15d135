import { defineSkill } from 'carapace/skill';
import { z } from 'zod';

const Order = z.object({
  id: z.uuid(),
  mail: z.email(),
  lines: z
    .array(z.object({ sku: z.string().regex(/^[A-Z]{2}\d{3}$/), count: z.coerce.number().int().positive() }))
    .min(1),
  due: z.iso.date().transform((text) => new Date(text).getUTCFullYear()),
});

/** Checks and converts untrusted data, and says where it is wrong. */
export const { tools } = defineSkill({
  tools: {
    run: {
      run: ({ good, bad }: { good: unknown; bad: unknown }) => {
        const checked = Order.safeParse(bad);
        return {
          parsed: Order.parse(good),
          problems: checked.success ? [] : checked.error.issues.map(({ path, code }) => `${path.join('.')} ${code}`),
          schema: z.toJSONSchema(z.object({ city: z.string().max(80) })).required,
        };
      },
    },
  },
});
