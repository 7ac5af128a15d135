import { SafeMap } from './collections.ts';
import {
  DataViewOf,
  DataViewPrototypeGetBuffer,
  DataViewPrototypeGetByteLength,
  DataViewPrototypeGetByteOffset,
  ReflectConstruct,
  ReflectGet,
  TypedArrayPrototypeGetBuffer,
  TypedArrayPrototypeGetByteOffset,
  TypedArrayPrototypeGetLength,
  TypedArrayPrototypeGetName,
} from './primordials.ts';

type ViewConstructor = new (buffer: ArrayBuffer, offset: number, length: number) => ArrayBufferView;

const CONSTRUCTORS = new SafeMap<string, ViewConstructor>();
const NAMES = [
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float16Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
] as const;
for (let index = 0; index < NAMES.length; index += 1) {
  const name = NAMES[index] ?? '';
  const viewClass: ViewConstructor | undefined = ReflectGet(globalThis, name);
  if (viewClass !== undefined) CONSTRUCTORS.set(name, viewClass);
}

/** The buffer under a view, from its internal slot. */
export function bufferOf(view: ArrayBufferView): ArrayBuffer {
  return TypedArrayPrototypeGetName(view) === undefined
    ? DataViewPrototypeGetBuffer(view)
    : TypedArrayPrototypeGetBuffer(view);
}

/** The same kind of view, at the same place, on another buffer. */
export function viewOn(buffer: ArrayBuffer, view: ArrayBufferView): ArrayBufferView {
  const name = TypedArrayPrototypeGetName(view);
  if (name === undefined) {
    return new DataViewOf(buffer, DataViewPrototypeGetByteOffset(view), DataViewPrototypeGetByteLength(view));
  }
  const viewClass = CONSTRUCTORS.get(name) ?? Uint8Array;
  return ReflectConstruct(viewClass, [
    buffer,
    TypedArrayPrototypeGetByteOffset(view),
    TypedArrayPrototypeGetLength(view),
  ]);
}
