import { readFile, writeFile } from 'node:fs/promises';
import { defineSkill } from 'carapace/skill';
import JSZip from 'jszip';

/** Packs a compressed archive into a file and reads it back. */
export const { tools } = defineSkill({
  tools: {
    run: {
      run: async ({ text }: { text: string }) => {
        const zip = new JSZip();
        zip.file('notes/long.txt', text.repeat(1000), { date: new Date(0) });
        zip.file('data.bin', new Uint8Array([0, 255, 128]), { date: new Date(0) });
        await writeFile('/work/out.zip', await zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' }));
        const bytes = await readFile('/work/out.zip');
        const read = await JSZip.loadAsync(bytes, { checkCRC32: true });
        const long = await read.file('notes/long.txt')?.async('string');
        const data = await read.file('data.bin')?.async('uint8array');
        return {
          names: Object.keys(read.files),
          smaller: bytes.length < text.length * 100,
          same: long === text.repeat(1000),
          data: [...(data ?? [])],
        };
      },
    },
  },
});
