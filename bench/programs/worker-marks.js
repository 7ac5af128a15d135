/** Stands in front of the worker's bundle. Says when the bundle came to life and, before `ready`, how long its engine took. */
{
  const fs = require('node:fs');
  const { writeSync } = fs;
  const now = () => Number(process.hrtime.bigint()) / 1e6;
  const send = (message) => {
    const head = Buffer.from(JSON.stringify(message), 'utf8');
    const prefix = Buffer.alloc(8);
    prefix.writeUInt32LE(4 + head.length, 0);
    prefix.writeUInt32LE(head.length, 4);
    writeSync(3, Buffer.concat([prefix, head]));
  };
  const steps = [];
  const timed = (name, take) => {
    const startedAt = now();
    const result = take();
    steps.push({ name, ms: now() - startedAt });
    return result;
  };
  send({ kind: 'worker', at: now() });

  // The library's methods cannot be replaced, so objects stand in front of its own: isolate, script, and the platform's function.
  const inFront = (target, methods) =>
    new Proxy(target, {
      get: (_, key) => {
        const value = target[key];
        if (typeof value !== 'function') return value;
        const [name, wrap = (result) => result] = methods[key] ?? [];
        return (...args) =>
          wrap(name === undefined ? value.apply(target, args) : timed(name, () => value.apply(target, args)));
      },
    });
  const platform = (reference) => inFront(reference, { applySync: ['platform'] });
  const script = (compiled) => inFront(compiled, { runSync: ['platform', platform] });
  const isolate = (made) => inFront(made, { createContextSync: ['isolate'], compileScriptSync: ['platform', script] });

  const dlopen = process.dlopen.bind(process);
  process.dlopen = (holder, ...rest) => {
    timed('addon', () => dlopen(holder, ...rest));
    const { ivm } = holder.exports;
    const construct = (target, args) => isolate(timed('isolate', () => new target(...args)));
    holder.exports = { ivm: Object.create(ivm, { Isolate: { value: new Proxy(ivm.Isolate, { construct }) } }) };
  };

  // The first frame of the worker is `ready`: what was timed until then goes in front of it.
  fs.writeSync = (...args) => {
    fs.writeSync = writeSync;
    send({ kind: 'engine', steps });
    return writeSync(...args);
  };
}
