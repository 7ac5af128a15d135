/** Issues the system calls of `input` one after the other and reports each answer before it goes on. */
const { call, send, end, input } = globalThis.jail;

/** A row's argument as data: `{ zeros: n }` is a buffer of n zero bytes, `{ bytes: [...] }` one with content. */
function toArgument(argument) {
  if (argument === null || typeof argument !== 'object') return argument;
  return argument.zeros === undefined ? Buffer.from(argument.bytes) : Buffer.alloc(argument.zeros);
}

for (const { name, number, args } of input) {
  send({ name, ...call(number, ...args.map(toArgument)) });
}
end();
