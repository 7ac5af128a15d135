import { createRuntime } from '@carapace/runtime';
import { inlineSkill } from '../../inline-skill.ts';

/**
 * A host whose environment speaks of proxies and certificates, as the one that starts it has arranged: asks a server of
 * loopback and one of the internet, and writes what came of it as a line of JSON. Argument: the origin behind the route.
 */
const target = process.argv[2];
if (target === undefined) throw new TypeError('the origin is missing');

const bundle = `const get = (url) => fetch(url).then((response) => response.text(), (error) => error.carapaceCode ?? error.message);
export default { tools: { run: { async run() { return [await get('https://api.example.com/'), await get('https://other.example.com/')]; } } } };`;

await using runtime = await createRuntime({ spares: 1, network: { routes: { 'https://api.example.com': target } } });
const net = ['api.example.com', 'other.example.com'].map((host) => ({ host, methods: ['GET'] }));
const hosted = inlineSkill({
  name: 'hosted',
  bundle,
  tools: { run: {} },
  permissions: { net },
  limits: { wallMs: 20_000 },
});
await using skill = await runtime.load(hosted, { permissions: 'declared' });
const result = await skill.call('run', {});
process.stdout.write(`${JSON.stringify({ code: result.code, found: result.structured })}\n`);
