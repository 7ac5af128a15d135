/** The entry of the auxiliary vector that tells the page size (elf.h: AT_PAGESZ). */
const PAGE_SIZE_ENTRY = 6n;
const WORD_BYTES = 8;

/**
 * Page size of the running kernel, in bytes, from the text of /proc/self/auxv: pairs of 64-bit words. It is 4096 on x86-64,
 * and 4096, 16384 or 65536 on arm64, where a guess would measure memory sixteen times too small.
 *
 * @throws RangeError when it is not told: a limit on memory that cannot be measured is none
 */
export function pageBytesOf(auxiliaryVector: Buffer): number {
  for (let at = 0; at + 2 * WORD_BYTES <= auxiliaryVector.length; at += 2 * WORD_BYTES) {
    if (auxiliaryVector.readBigUInt64LE(at) === PAGE_SIZE_ENTRY)
      return Number(auxiliaryVector.readBigUInt64LE(at + WORD_BYTES));
  }
  throw new RangeError('Cannot measure memory: the kernel does not tell its page size');
}
