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

  const { dlopen } = process;
  process.dlopen = (holder, ...rest) => {
    timed('addon', () => dlopen.call(process, holder, ...rest));
    const { ivm } = holder.exports;
    const { Isolate, Script } = ivm;
    const wrap = (owner, method, name) => {
      const original = owner.prototype[method];
      owner.prototype[method] = function (...args) {
        return timed(name, () => original.apply(this, args));
      };
    };
    wrap(Isolate, 'createContextSync', 'isolate');
    wrap(Isolate, 'compileScriptSync', 'platform');
    if (Script !== undefined) wrap(Script, 'runSync', 'platform');
    ivm.Isolate = new Proxy(Isolate, { construct: (target, args) => timed('isolate', () => new target(...args)) });
  };

  // The first frame of the worker is `ready`: what was timed until then goes in front of it.
  fs.writeSync = (...args) => {
    fs.writeSync = writeSync;
    send({ kind: 'engine', steps });
    return writeSync(...args);
  };
}
