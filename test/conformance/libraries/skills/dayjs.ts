import { defineSkill } from 'carapace/skill';
import dayjs from 'dayjs';
import customParseFormat from 'dayjs/plugin/customParseFormat.js';
import timezone from 'dayjs/plugin/timezone.js';
import utc from 'dayjs/plugin/utc.js';

dayjs.extend(utc);
dayjs.extend(timezone);
dayjs.extend(customParseFormat);

/** Converts between time zones, over the change to summer time. */
export const { tools } = defineSkill({
  tools: {
    run: {
      run: ({ at }: { at: string }) => ({
        tokyo: dayjs(at).tz('Asia/Tokyo').format('YYYY-MM-DD HH:mm'),
        zurich: dayjs.tz('2026-03-29 01:30', 'Europe/Zurich').add(1, 'hour').utc().toISOString(),
        parsed: dayjs.utc('22.11.2026', 'DD.MM.YYYY', true).isValid(),
        month: dayjs(at).utc().endOf('month').format('D MMMM'),
      }),
    },
  },
});
