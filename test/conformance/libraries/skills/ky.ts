import { defineSkill } from 'carapace/skill';
import ky, { HTTPError } from 'ky';

/** Talks to a JSON service: query, body, hooks, a retry after 503, an error with its response. */
export const { tools } = defineSkill({
  tools: {
    run: {
      run: async ({ origin }: { origin: string }) => {
        const api = ky.create({
          prefix: origin,
          retry: { limit: 2, delay: () => 5 },
          hooks: { beforeRequest: [({ request }) => request.headers.set('x-skill', 'ky')] },
        });
        const found: unknown = await api.get('echo', { searchParams: { q: 'a b' } }).json();
        const sent: unknown = await api.post('echo', { json: { count: 1 } }).json();
        const retried = await api.get('flaky').text();
        const status = await api.get('missing').then(
          () => 0,
          (error: unknown) => (error instanceof HTTPError ? error.response.status : -1),
        );
        return { found, sent, retried, status };
      },
    },
  },
});
