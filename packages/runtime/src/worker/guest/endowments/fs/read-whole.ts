import type { FsOp } from '../../../../protocol/messages.ts';
import { append, createList, type List } from '../../collections.ts';
import { TypedArrayPrototypeGetByteLength, TypedArrayPrototypeSet, Uint8ArrayOf } from '../../primordials.ts';
import type { Encoding } from './arguments.ts';
import { view } from './content.ts';
import { decodeBytes, decodePayload, formFor } from './encode.ts';
import { type OpenFile, READ_BYTES } from './open-file.ts';
import { andThen, repeat, resolved } from './promise-chain.ts';
import { at, requestFs } from './request.ts';

type Contents = Uint8Array | string;

export function readPath(path: string, encoding: Encoding, signal: unknown): Promise<Contents> {
  const op: FsOp = { family: 'fs', method: 'readFile', path };
  const convert = (payload: string, _id: string, bytes: Uint8Array | undefined): Contents =>
    decodePayload(payload, bytes, encoding);
  return requestFs(op, at('open', path), { form: formFor(encoding), body: undefined, signal, convert });
}

/** From where the last read ended to the end of the file. */
export function readRest(file: OpenFile, encoding: Encoding, signal: unknown): Promise<Contents> {
  const pieces = createList<Uint8Array>();
  const reading = repeat(() =>
    andThen(file.read(READ_BYTES, undefined, signal), (piece) => {
      if (TypedArrayPrototypeGetByteLength(piece) === 0) return resolved(false);
      append(pieces, piece);
      return resolved(true);
    }),
  );
  return andThen(reading, () => resolved(decodeBytes(join(pieces), encoding)));
}

function join(pieces: List<Uint8Array>): Uint8Array {
  let length = 0;
  for (let index = 0; index < pieces.length; index += 1) length += lengthOf(pieces[index]);
  const whole = new Uint8ArrayOf(length);
  let from = 0;
  for (let index = 0; index < pieces.length; index += 1) {
    const piece = pieces[index];
    if (piece === undefined) continue;
    TypedArrayPrototypeSet(view(whole, from, lengthOf(piece)), piece);
    from += lengthOf(piece);
  }
  return whole;
}

function lengthOf(piece: Uint8Array | undefined): number {
  return piece === undefined ? 0 : TypedArrayPrototypeGetByteLength(piece);
}
