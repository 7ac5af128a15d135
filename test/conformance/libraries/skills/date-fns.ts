import { defineSkill } from 'carapace/skill';
import {
  addBusinessDays,
  differenceInCalendarDays,
  eachWeekOfInterval,
  format,
  formatDistance,
  parseISO,
} from 'date-fns';
import { de } from 'date-fns/locale';

/** Counts days and writes dates in another language. */
export const { tools } = defineSkill({
  tools: {
    run: {
      run: ({ from, to }: { from: string; to: string }) => {
        const start = parseISO(from);
        const end = parseISO(to);
        return {
          days: differenceInCalendarDays(end, start),
          due: format(addBusinessDays(start, 10), 'yyyy-MM-dd'),
          german: format(start, 'EEEE, d. MMMM yyyy', { locale: de }),
          weeks: eachWeekOfInterval({ start, end }, { weekStartsOn: 1 }).length,
          distance: formatDistance(start, end),
        };
      },
    },
  },
});
