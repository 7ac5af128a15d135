/**
 * Writes machine code into a page it may execute, as only the profile with a compiler allows, and jumps there: the 32-bit
 * entry of the kernel, with a number that means another call than on the 64-bit one.
 */
const { call, koffi, send, end, input } = globalThis.jail;

const PROT_READ_WRITE_EXEC = 7;
const MAP_PRIVATE_ANONYMOUS = 0x22;
const page = call(9, 0, 4096, PROT_READ_WRITE_EXEC, MAP_PRIVATE_ANONYMOUS, -1, 0);
send({ mapped: page.value !== -1, errno: page.errno });
if (page.value !== -1) {
  const libc = koffi.load(null);
  libc.func('void *memcpy(int64_t to, void *from, size_t count)')(
    page.value,
    Buffer.from(input.code),
    input.code.length,
  );
  const spawnThread = libc.func('int pthread_create(void *id, void *attributes, int64_t start, void *argument)');
  spawnThread(Buffer.alloc(8), null, page.value, null);
  call(35, Buffer.from(new BigInt64Array([1n, 0n]).buffer), null);
  send({ survived: true });
}
end();
