/** Duplicates a descriptor until the kernel refuses. */
const { call, send, end } = globalThis.jail;

for (let opened = 0; opened < 1024; opened += 1) {
  const { value, errno } = call(32, 0);
  if (value === -1) {
    send({ opened, errno });
    break;
  }
}
end();
