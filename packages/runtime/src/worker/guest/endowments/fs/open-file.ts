import type { FsOp, FsOpenFlags } from '../../../../protocol/messages.ts';
import { decodeBase64 } from '../../base64.ts';
import { createFsError } from '../../fs-error.ts';
import { NumberOf } from '../../primordials.ts';
import type { Piece } from './content.ts';
import { andThen, rejected, repeat, resolved } from './promise-chain.ts';
import { at, commandFs, requestFs, throwIfAborted } from './request.ts';
import { readStats, type Stats } from './stats.ts';
import { Turns } from './turns.ts';

/** Bytes of one answer to a read: smaller ones cost more requests, larger ones more memory. */
export const READ_BYTES = 524_288;

/** A file that the host holds open for this call. Its operations run one after another, in the order of the calls. */
export class OpenFile {
  readonly path: string;
  readonly #handle: number;
  readonly #turns: Turns = new Turns();
  #closed = false;

  constructor(path: string, handle: number) {
    this.path = path;
    this.#handle = handle;
  }

  /** At most `length` bytes, which is at least 1; none at the end. Without a position: where the last read ended. */
  read(length: number, position: number | undefined, signal: unknown): Promise<Uint8Array<ArrayBuffer>> {
    const handle = this.#handle;
    const op: FsOp =
      position === undefined
        ? { family: 'fs', method: 'read', handle, length }
        : { family: 'fs', method: 'read', handle, length, position };
    const exchange = { form: 'bytes', body: undefined, signal, convert: decodeBase64 } as const;
    return this.#turn('read', () => requestFs(op, at('read', this.path), exchange));
  }

  /**
   * Writes every piece there is, in one turn.
   *
   * @param position Only with pieces whose length is known. Without: where the last write ended.
   */
  write(next: () => Promise<Piece | undefined>, position: number | undefined, signal: unknown): Promise<void> {
    let to = position;
    return this.#turn('write', () =>
      repeat(() => {
        throwIfAborted(signal);
        return andThen(next(), (piece) => {
          if (piece === undefined) return resolved(false);
          const where = to;
          if (to !== undefined) to += piece.bytes ?? 0;
          return this.#writePiece(piece, where, signal);
        });
      }),
    );
  }

  stat(): Promise<Stats> {
    const exchange = { form: 'json', body: undefined, signal: undefined, convert: readStats } as const;
    const op: FsOp = { family: 'fs', method: 'fstat', handle: this.#handle };
    return this.#turn('fstat', () => requestFs(op, at('fstat', this.path), exchange));
  }

  truncate(length: number): Promise<void> {
    const op: FsOp = { family: 'fs', method: 'ftruncate', handle: this.#handle, length };
    return this.#turn('ftruncate', () => commandFs(op, at('ftruncate', this.path)));
  }

  /** @param discard Leave a file that was being replaced as it is. A second `close` does nothing. */
  close(discard: boolean): Promise<void> {
    if (this.#closed) return resolved(undefined);
    const op: FsOp = { family: 'fs', method: 'close', handle: this.#handle, discard };
    const closing = this.#turn('close', () => commandFs(op, at('close', this.path)));
    this.#closed = true;
    return closing;
  }

  #writePiece(piece: Piece, position: number | undefined, signal: unknown): Promise<boolean> {
    const handle = this.#handle;
    const op: FsOp =
      position === undefined
        ? { family: 'fs', method: 'write', handle }
        : { family: 'fs', method: 'write', handle, position };
    const exchange = { form: 'none', body: piece.body, signal, convert: () => true } as const;
    return requestFs(op, at('write', this.path), exchange);
  }

  #turn<Value>(syscall: string, start: () => Promise<Value>): Promise<Value> {
    if (this.#closed) return rejected(createFsError('EBADF', 'the file has been closed', syscall, this.path));
    return this.#turns.run(start);
  }
}

export function openFile(path: string, flags: FsOpenFlags): Promise<OpenFile> {
  const convert = (_payload: string, id: string): OpenFile => new OpenFile(path, NumberOf(id));
  const exchange = { form: 'none', body: undefined, signal: undefined, convert } as const;
  return requestFs({ family: 'fs', method: 'open', path, flags }, at('open', path), exchange);
}
