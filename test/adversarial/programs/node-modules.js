/** The same walls, tried through Node's own modules: what an attacker has who escaped the isolate but has no native code. */
const fs = require('node:fs');
const net = require('node:net');
const dgram = require('node:dgram');
const dns = require('node:dns');
const inspector = require('node:inspector');
const { spawnSync } = require('node:child_process');
const { Worker } = require('node:worker_threads');
const { send, end, input } = globalThis.jail;

/** `ok` for an effect that happened, the error's code for one that did not. */
function attempt(name, action) {
  try {
    send({ name, outcome: action() ?? 'ok' });
  } catch (error) {
    send({ name, outcome: error.code ?? error.name });
  }
}

function connect(options) {
  return new Promise((resolve) => {
    const socket = net.connect(options, () => resolve('ok'));
    socket.on('error', ({ code }) => resolve(code));
  });
}

function datagram(port) {
  return new Promise((resolve) => {
    const socket = dgram.createSocket('udp4');
    socket.on('error', ({ code }) => resolve(code));
    socket.send('x', port, '127.0.0.1', (error) => resolve(error === null ? 'ok' : error.code));
  });
}

function thread() {
  return new Promise((resolve) => {
    const worker = new Worker("require('node:worker_threads').parentPort.postMessage('ok')", { eval: true });
    worker.on('message', resolve);
    worker.on('error', ({ name }) => resolve(name));
  });
}

attempt('read /etc/passwd', () => void fs.readFileSync('/etc/passwd'));
attempt('read /proc/self/environ', () => void fs.readFileSync('/proc/self/environ'));
attempt('list the home directory', () => void fs.readdirSync(input.home));
attempt('read the host’s file', () => void fs.readFileSync(input.secretFile));
attempt('read through a descriptor link', () => void fs.readFileSync('/proc/self/fd/4'));
attempt('write a file', () => fs.writeFileSync(`${input.folder}/written`, 'x'));
attempt('append to the host’s file', () => fs.appendFileSync(input.secretFile, 'x'));
attempt('write the bundle', () => void fs.writeSync(4, 'x'));
attempt('remove the host’s file', () => fs.unlinkSync(input.secretFile));
attempt('create a folder', () => fs.mkdirSync(`${input.folder}/made`));
attempt('spawn', () => spawnSync('/bin/true').error?.code);
attempt('environment', () => Object.keys(process.env).join() || 'empty');
attempt('signal the host', () => void process.kill(process.ppid, 0));
attempt('become root', () => process.setuid(0));

async function network() {
  send({ name: 'tcp', outcome: await connect({ port: input.tcpPort, host: '127.0.0.1' }) });
  send({ name: 'abstract socket', outcome: await connect({ path: input.abstractPath }) });
  send({ name: 'udp', outcome: await datagram(input.udpPort) });
  const looked = await new Promise((resolve) => dns.lookup('localhost', (error) => resolve(error?.code ?? 'ok')));
  send({ name: 'dns', outcome: looked });
  attempt('inspector', () => {
    inspector.open(0, '127.0.0.1');
    return inspector.url() ?? 'no address';
  });
  send({ name: 'thread', outcome: await thread() });
  end();
}

void network();
