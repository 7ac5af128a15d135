import { compileScope, matchesScope, parsePermissions, scopeMayMatchBelow } from '@carapace/manifest';
import { checkFsAccess } from '../host/broker/fs/fs-policy.ts';
import type { MountGrant } from '../host/broker/fs/mount-grant.ts';
import { parseVirtualPath } from '../host/broker/fs/virtual-path.ts';
import { judgeAddress } from '../host/broker/net/address/judge-address.ts';
import { compileNetGrants } from '../host/broker/net/grants/compile-net-grants.ts';
import { DEFAULT_NET_LIMITS } from '../host/broker/net/net-limits.ts';
import { compileNetworkOptions } from '../host/broker/net/network-policy.ts';
import { authorise } from '../host/broker/net/request/authorise.ts';
import { HostSpread } from '../host/broker/net/request/host-spread.ts';
import { readUrl } from '../host/broker/net/request/read-url.ts';
import { checkRequestHeaders } from '../host/broker/net/request/request-headers.ts';
import { decodeWorkerMessage } from '../protocol/decode.ts';
import { sanitiseText } from '../result/sanitise-text.ts';
import { createRedactor } from '../secrets/redact/redactor.ts';

/** One check on a usual input, ready to be timed. */
export interface Guards {
  /** A frame's head with a `fetch`, decoded field by field. */
  readonly frame: () => void;
  /** A URL, parsed and held against 20 granted hosts. */
  readonly url: () => void;
  /** An IPv6 address, held against every special-purpose block and form. */
  readonly address: () => void;
  /** Eight request headers. */
  readonly headers: () => void;
  /** A virtual path of five names, parsed and held against a grant with patterns. */
  readonly path: () => void;
  /** 1 KiB of JSON, looked through for 10 secrets in every form. */
  readonly redact: () => void;
  /** 1 KiB of text that is not plain ASCII, sanitised. */
  readonly sanitise: () => void;
}

/** For the bench: what each guard costs by itself. */
export function createGuards(): Guards {
  const { net, fs } = parsePermissions({
    net: Array.from({ length: 20 }, (_, index) => ({ host: `api-${index}.example.com`, methods: ['GET', 'POST'] })),
    fs: [{ mount: 'notes', path: '~/notes', access: ['read', 'list'], match: ['**/*.md'], except: ['private/**'] }],
  });
  return { ...netGuards(compileNetGrants(net)), path: pathGuard(fs[0]), ...textGuards() };
}

function netGuards(grants: ReturnType<typeof compileNetGrants>): Pick<Guards, 'frame' | 'url' | 'address' | 'headers'> {
  const limits = DEFAULT_NET_LIMITS;
  const rules = { grants, limits, policy: compileNetworkOptions(), spread: new HostSpread(limits) };
  const url = 'https://api-19.example.com/v1/forecast?city=Bern&days=3';
  const headers = Array.from({ length: 8 }, (_, index) => [`x-header-${index}`, 'a value of usual length'] as const);
  const op = { family: 'net', method: 'fetch', url, verb: 'GET', headers, redirect: 'follow', payload: 'none' };
  return {
    frame: () => void decodeWorkerMessage({ kind: 'request', id: 1, op }),
    url: () => authorise(readUrl(url, limits), 'GET', rules),
    address: () => void judgeAddress('2606:4700:4700::1111'),
    headers: () => void checkRequestHeaders(headers, limits),
  };
}

function pathGuard(permission: Parameters<typeof compileScope>[0] | undefined): () => void {
  const scope = compileScope(permission ?? { match: [], except: [] });
  const grant: MountGrant = {
    mount: 'notes',
    hostPath: '/srv/notes',
    access: new Set(['read', 'list']),
    matches: (relative) => matchesScope(scope, relative),
    matchesDirectory: (relative) => scopeMayMatchBelow(scope, relative),
  };
  return () => {
    const path = parseVirtualPath('/notes/2026/11/meetings/plan.md');
    if (path.kind === 'mount') checkFsAccess(grant, path.components, 'read');
  };
}

function textGuards(): Pick<Guards, 'redact' | 'sanitise'> {
  const redactor = createRedactor();
  redactor.lookFor(
    Array.from({ length: 10 }, (_, index) => [`TOKEN_${index}`, `correct-horse-battery-${index}`] as const),
  );
  const json = JSON.stringify({
    items: Array.from({ length: 20 }, (_, index) => ({ id: index, name: 'a usual name' })),
  });
  const text = 'Grüße aus Bern, it is 12 °C – and the lake is calm. '.repeat(20);
  return { redact: () => void redactor.redactText(json), sanitise: () => void sanitiseText(text) };
}
