/** Maps memory in steps of 64 MiB and touches every page until the kernel refuses. */
const { call, send, end, input } = globalThis.jail;

const STEP = 64 * 2 ** 20;
for (let mapped = 0; mapped < input.upTo; mapped += STEP) {
  const { value, errno } = call(9, 0, STEP, 3, 0x22, -1, 0);
  if (value === -1) {
    send({ mapped, errno });
    break;
  }
}
end();
