import type { FsOp, FsOpenFlags } from '../../../../protocol/messages.ts';
import { SafeMap } from '../../collections.ts';
import { type Encoding, wrongValue } from './arguments.ts';
import { contentOf, isWritable } from './content.ts';
import { type OpenFile, openFile } from './open-file.ts';
import { type PieceSource, sourceOf } from './piece-source.ts';
import { andThen, attempt, concluding, resolved } from './promise-chain.ts';
import { at, requestFs, throwIfAborted } from './request.ts';

type WriteMode = Extract<FsOp, { readonly method: 'writeFile' }>['mode'];

/** Flags of which one request can do the whole work. */
const MODES = new SafeMap<FsOpenFlags, WriteMode>();
MODES.set('w', 'replace');
MODES.set('w+', 'replace');
MODES.set('wx', 'create');
MODES.set('wx+', 'create');
MODES.set('a', 'append');
MODES.set('a+', 'append');

export interface Writing {
  readonly data: unknown;
  readonly encoding: Encoding;
  readonly signal: unknown;
}

/** What fits one request goes in one. Longer content is written piece by piece, and takes the old file's place at the end. */
export function writePath(path: string, flags: FsOpenFlags, writing: Writing): Promise<void> {
  if (flags === 'r') throw wrongValue('flag', '"r" writes nothing');
  const { data, encoding, signal } = writing;
  const mode = MODES.get(flags);
  if (mode !== undefined && isWritable(data)) {
    const content = contentOf(data, encoding);
    if (content.short) {
      const op: FsOp = { family: 'fs', method: 'writeFile', path, mode };
      const body = content.next()?.body;
      return requestFs(op, at('open', path), { form: 'none', body, signal, convert: () => undefined });
    }
  }
  const source = sourceOf(data, encoding);
  throwIfAborted(signal);
  return andThen(openFile(path, flags), (file) =>
    concluding(writeAll(file, source, signal), (failed) => file.close(failed)),
  );
}

/** From where the last write ended. */
export function writeToHandle(file: OpenFile, { data, encoding, signal }: Writing): Promise<void> {
  return writeAll(file, sourceOf(data, encoding), signal);
}

function writeAll(file: OpenFile, source: PieceSource, signal: unknown): Promise<void> {
  const work = attempt(() => file.write(source.next, undefined, signal));
  return concluding(work, (failed) => (failed ? source.cancel() : resolved(undefined)));
}
