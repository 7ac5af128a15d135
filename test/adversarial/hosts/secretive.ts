import { appendFileSync, writeFileSync } from 'node:fs';
import { createRuntime, environment, toJsonLine } from '@carapace/runtime';
import { inlineSkill } from '../../inline-skill.ts';

/**
 * A host that keeps everything it can about calls with a secret, in files of the directory it runs in: the audit trail, results
 * in every form, its own debug output, the diagnostic report of Node. The secret is the variable CARAPACE_BAIT_TOKEN; the argument
 * is the origin of a server that shows what it was sent.
 */
const target = process.argv[2];
if (target === undefined) throw new TypeError('the origin is missing');

const RUNS: Readonly<Record<string, string>> = {
  shown: "return await ask('/');",
  logged: "console.error('answer', await ask('/'), ctx.secrets); return 'logged';",
  thrown: "throw new Error(await ask('/'), { cause: await ask('/') });",
  misplaced:
    "return await fetch('https://api.example.com/?' + ctx.secrets.TOKEN).catch((error) => error.stack + error.cause);",
  given: 'console.log(input.text); throw new Error(input.text);',
  killed: "await ask('/'); for (;;);",
  crashed: "await ask('/'); const all = []; for (;;) all.push(new Array(1e6).fill(all.length));",
};
const bundle = `const place = (ctx) => ({ headers: { authorization: 'Bearer ' + ctx.secrets.TOKEN } });
export default { tools: { ${Object.entries(RUNS)
  .map(
    ([name, run]) =>
      `${name}: { async run(input, ctx) { const ask = async (path) => (await fetch('https://api.example.com' + path, place(ctx))).text(); ${run} } }`,
  )
  .join(',\n')} } };`;

const token = process.env['CARAPACE_BAIT_TOKEN'] ?? '';
await using runtime = await createRuntime({
  spares: 1,
  network: { routes: { 'https://api.example.com': target } },
  secrets: [environment({ prefix: 'CARAPACE_BAIT_' })],
  audit: { record: (event) => appendFileSync('audit.jsonl', toJsonLine(event)) },
});
const secretive = inlineSkill({
  name: 'secretive',
  bundle,
  tools: Object.fromEntries(Object.keys(RUNS).map((name) => [name, {}])),
  permissions: {
    net: [{ host: 'api.example.com', methods: ['GET'] }],
    secrets: [
      {
        name: 'TOKEN',
        description: 'Bait',
        host: 'api.example.com',
        in: { header: 'authorization', prefix: 'Bearer ' },
      },
    ],
  },
  limits: { wallMs: 2_000, callsPerMinute: 1_000 },
});
await using skill = await runtime.load(secretive, { permissions: 'declared' });
const codes: unknown[] = [];
for (const name of Object.keys(RUNS)) {
  const result = await skill.call(
    name,
    { text: `given ${token} here` },
    { onUpdate: (update) => appendFileSync('updates.log', JSON.stringify(update)) },
  );
  codes.push(result.code ?? 'ok');
  writeFileSync(`result-${name}.json`, JSON.stringify(result));
  writeFileSync(`result-${name}.txt`, `${result.toText()}\n${JSON.stringify(result.toAnthropic({ logs: true }))}`);
}
writeFileSync('metrics.json', JSON.stringify(runtime.stats()));
process.report.writeReport('report.json');
process.stdout.write(`${JSON.stringify({ codes })}\n`);
