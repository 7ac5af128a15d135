// programs/hello.mjs for Deno.
const input = JSON.parse(Deno.args[0] ?? '{}');
const answer = JSON.stringify({ greeting: `Hello, ${input.name}` });
Deno.stdout.writeSync(new TextEncoder().encode(answer));
