// programs/hello.mjs for Deno.
const input = JSON.parse(Deno.args[0] ?? '{}');
console.log(JSON.stringify({ greeting: `Hello, ${input.name}` }));
