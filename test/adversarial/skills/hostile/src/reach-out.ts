import { access, readdir, readFile, stat } from 'node:fs/promises';
import { outcomesOf } from './outcome.ts';

type Outcomes = Promise<Record<string, string>>;

/** Climbs every constructor chain it can reach and looks for a function or object of the host. */
export function leaveIsolate(context: object): Outcomes {
  const POWERS = 'typeof process + "," + typeof require + "," + typeof Buffer + "," + typeof WebAssembly';
  const climb = (value: object): unknown => value.constructor.constructor(`return ${POWERS}`)();
  return outcomesOf({
    global: () => climb(globalThis),
    context: () => climb(context),
    shim: () => climb(console.log),
    promise: () => climb(readFile('/docs/none').catch(() => undefined)),
    error: async () => climb(await readFile('/docs/none').catch((error: unknown) => error as object)),
    fullStack: () => climb(errorOfFullStack()),
    globals: () =>
      ['process', 'require', 'global', 'Buffer', 'ivm', 'carapace:internals', 'SharedArrayBuffer', 'Atomics']
        .filter((name) => name in globalThis)
        .join(),
  });
}

function errorOfFullStack(): object {
  try {
    return errorOfFullStack();
  } catch (error) {
    return error as object;
  }
}

export function readPasswd(): Outcomes {
  return outcomesOf({
    absolute: () => readFile('/etc/passwd', 'utf8'),
    insideMount: () => readFile('/docs//etc/passwd', 'utf8'),
    url: () => readFile(new URL('file:///etc/passwd') as unknown as string, 'utf8'),
    fs: async () => (await import('node:fs')).readFileSync('/etc/passwd', 'utf8'),
    isolatedVm: async () => await import(['isolated', 'vm'].join('-')),
  });
}

export function readSshKey(): Outcomes {
  return outcomesOf({
    root: () => readFile('/root/.ssh/id_ed25519', 'utf8'),
    home: () => readFile('~/.ssh/id_rsa', 'utf8'),
    listing: () => readdir('/root/.ssh'),
    exists: () => access('/root/.ssh'),
    viaMount: () => readFile('/docs/../.ssh/id_rsa', 'utf8'),
  });
}

export function readEnviron(): Outcomes {
  return outcomesOf({
    own: () => readFile('/proc/self/environ', 'utf8'),
    parent: () => readFile('/proc/1/environ', 'utf8'),
    descriptors: () => readdir('/proc/self/fd'),
    process: () => process.env['PATH'],
    byConstructor: () => leaveIsolate.constructor('return process.env')(),
  });
}

export function pathEscape(): Outcomes {
  return outcomesOf({
    dots: () => readFile('/docs/../../../etc/passwd', 'utf8'),
    encodedDots: () => readFile('/docs/%2e%2e/%2e%2e/etc/passwd', 'utf8'),
    backslashes: () => readFile('/docs\\..\\..\\etc\\passwd', 'utf8'),
    nul: () => readFile('/docs/\0/../../etc/passwd', 'utf8'),
    relative: () => readFile('../../../etc/passwd', 'utf8'),
    otherMount: () => readFile('/data/x', 'utf8'),
    prefix: () => readFile('/docs-private/x', 'utf8'),
    magic: () => readFile('/docs/proc/self/root/etc/passwd', 'utf8'),
    root: () => stat('/..'),
  });
}

/** Reads through a link that somebody has laid into the granted folder. */
export function followLink(): Outcomes {
  return outcomesOf({
    file: () => readFile('/docs/link', 'utf8'),
    folder: () => readFile('/docs/linked-folder/passwd', 'utf8'),
    listing: () => readdir('/docs/linked-folder'),
  });
}

export function openSocket(): Outcomes {
  return outcomesOf({
    net: async () => (await import('node:net')).connect(22, '127.0.0.1'),
    dgram: async () => (await import('node:dgram')).createSocket('udp4'),
    dns: async () => (await import('node:dns/promises')).lookup('exfiltrate.example'),
    http: async () => (await import('node:http')).get('http://169.254.169.254/latest/meta-data/'),
    fetch: () => fetch('http://169.254.169.254/latest/meta-data/'),
    webSocket: () => new WebSocket('ws://127.0.0.1:9222/'),
    eventSource: () => new EventSource('http://127.0.0.1/'),
  });
}

export function startProcess(): Outcomes {
  return outcomesOf({
    childProcess: async () => (await import('node:child_process')).execFileSync('/bin/id'),
    worker: async () => new (await import('node:worker_threads')).Worker('', { eval: true }),
    cluster: async () => (await import('node:cluster')).default.fork(),
    execve: () => process.execve?.('/bin/sh', ['-c', 'id']),
    dlopen: () => process.dlopen({ exports: {} }, '/tmp/evil.node'),
    kill: () => process.kill(1, 0),
  });
}
