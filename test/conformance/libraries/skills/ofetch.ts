import { defineSkill } from 'carapace/skill';
import { FetchError, ofetch } from 'ofetch';

/** Talks to a JSON service: query, body, a retry after 503, an error with its data. */
export const { tools } = defineSkill({
  tools: {
    run: {
      run: async ({ origin }: { origin: string }) => {
        const api = ofetch.create({ baseURL: origin, retry: 2, retryDelay: 5, headers: { 'x-skill': 'ofetch' } });
        const found: unknown = await api('/echo', { query: { q: 'a b' } });
        const sent: unknown = await api('/echo', { method: 'POST', body: { count: 1 } });
        const retried = await api('/flaky', { responseType: 'text' });
        const status = await api('/missing').then(
          () => 0,
          (error: unknown) => (error instanceof FetchError ? error.status : -1),
        );
        return { found, sent, retried, status };
      },
    },
  },
});
