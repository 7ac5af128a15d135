import type { Command } from '../guest-wire.ts';
import { isPermittedGlobal } from '../permits.ts';
import { writeLog } from './endowments/console.ts';
import { installFetch } from './endowments/fetch/fetch.ts';
import { fsPromises } from './endowments/fs-promises.ts';
import { ENDOWMENTS } from './endowments/index.ts';
import { nodeFs } from './endowments/node-fs.ts';
import { formatLog } from './format-log.ts';
import { abortCall, announceSecrets, registerSkill, startCall, warmUp } from './harness.ts';
import { ReflectDefineProperty, ReflectDeleteProperty, ReflectOwnKeys } from './primordials.ts';
import { fulfilRequest, keepPiece, refuseRequest } from './requests.ts';

/** Deny by default: a global that a newer V8 brings disappears until somebody adds it to permits.ts. */
function removeUnpermittedGlobals(): void {
  const keys = ReflectOwnKeys(globalThis);
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index];
    if (key !== undefined && !isPermittedGlobal(key)) ReflectDeleteProperty(globalThis, key);
  }
  // Native code that no standard describes. Node takes it away from its own contexts as well.
  ReflectDeleteProperty(Intl, 'v8BreakIterator');
}

function installEndowments(): void {
  for (let index = 0; index < ENDOWMENTS.length; index += 1) {
    const endowment = ENDOWMENTS[index];
    const values = endowment?.install() ?? {};
    const names = endowment?.names ?? [];
    for (let at = 0; at < names.length; at += 1) {
      const name = names[at] ?? '';
      ReflectDefineProperty(globalThis, name, { value: values[name], writable: true, configurable: true });
    }
  }
}

removeUnpermittedGlobals();
installEndowments();
warmUp();

/** For the modules of ours inside the isolate. The first of them takes this off the global before a skill is loaded. */
ReflectDefineProperty(globalThis, 'carapace:internals', {
  value: { registerSkill, fsPromises, nodeFs },
  configurable: true,
});

/** The worker's way in. Called with strings only; throws for nothing that is expected. */
export function receive(command: Command, first: string, second: string, third: string): void {
  try {
    switch (command) {
      case 'endow':
        if (first === 'fetch') installFetch();
        break;
      case 'secrets':
        announceSecrets(first);
        break;
      case 'call':
        startCall(first, second, third);
        break;
      case 'piece':
        keepPiece(first, third);
        break;
      case 'reply':
        fulfilRequest(first, second, third);
        break;
      case 'refuse':
        refuseRequest(first, second, third);
        break;
      case 'abort':
        abortCall(first);
        break;
    }
  } catch (error) {
    writeLog('error', formatLog(['Uncaught', error]));
  }
}
