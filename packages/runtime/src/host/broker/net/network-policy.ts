import { RuntimeFailure } from '../../../errors.ts';
import { parseIpAddress } from './address/ip-address.ts';
import type { DecideOutbound, NetworkOptions } from './network-options.ts';

const DECIDER_TIMEOUT_MS = 5_000;
const MAX_DECIDER_TIMEOUT_MS = 300_000;

/** A network option that means nothing, or more than it may. */
function badOption(message: string): RuntimeFailure {
  return new RuntimeFailure('ERR_CARAPACE_RUNTIME_NETWORK', message);
}

/** A proxy that the operator named. */
export interface NetProxy {
  /** Without the password: for records. */
  readonly origin: string;
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** Value of `Proxy-Authorization`. */
  readonly authorization: string | undefined;
}

/** NetworkOptions, checked once for a runtime. */
export interface NetworkPolicy {
  /** Keys are `host:port` as a URL parser spells them. */
  readonly privateHosts: ReadonlySet<string>;
  /** From declared origin to the origin that is dialled. */
  readonly routes: ReadonlyMap<string, URL>;
  readonly proxy: NetProxy | undefined;
  readonly onRequest: DecideOutbound | undefined;
  readonly onRequestTimeoutMs: number;
  readonly ca: readonly string[] | undefined;
  /** Stamped on every result: what stands between the skill's URL and the internet. */
  readonly overrides: readonly string[];
}

/** @throws RuntimeFailure ERR_CARAPACE_RUNTIME_NETWORK for an option that would not do what it says */
export function compileNetworkOptions(options: NetworkOptions = {}): NetworkPolicy {
  const { privateHosts = [], routes = {}, onRequest, ca } = options;
  const hosts = privateHosts.map(readPrivateHost);
  const proxy = options.proxy === undefined ? undefined : readProxy(options.proxy);
  const routed = new Map(Object.entries(routes).map(([from, to]) => readRoute(from, to)));
  return {
    privateHosts: new Set(hosts),
    routes: routed,
    proxy,
    onRequest,
    onRequestTimeoutMs: readTimeout(options.onRequestTimeoutMs ?? DECIDER_TIMEOUT_MS),
    ca: typeof ca === 'string' ? [ca] : ca,
    overrides: [
      ...hosts.map((host) => `network: private host ${host}`),
      ...[...routed].map(([from, to]) => `network: ${from} goes to ${to.origin}`),
      ...(proxy === undefined ? [] : [`network: proxy ${proxy.origin}`]),
      ...(ca === undefined ? [] : ['network: own certificate authorities']),
    ],
  };
}

/** `host:port` of a URL, the port always written. */
export function hostAndPort(url: URL): string {
  return `${url.hostname}:${portOf(url)}`;
}

/** Port of an http or https URL. */
export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

/** An IPv4 or bracketed IPv6 address, as `URL.hostname` spells it; without the brackets. */
export function literalAddress(hostname: string): string | undefined {
  const text = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  return parseIpAddress(text) === undefined ? undefined : text;
}

/** A URL parser takes `*` for a letter of a name; here somebody would take it for a pattern. */
const PRIVATE_HOST = /^(?:[a-z0-9.-]+|\[[0-9a-f:]+\]):(\d{1,5})$/;

function readPrivateHost(text: string): string {
  const port = PRIVATE_HOST.exec(text)?.[1];
  const url = URL.parse(`http://${text}`);
  if (port === undefined || url === null || hostAndPort(url) !== text || Number(port) === 0)
    throw badOption(
      `Cannot open private host "${text}": not "host:port" in lower case, or not as a URL parser spells it`,
    );
  return text;
}

/** The message holds nothing of a text that may hold a password. */
function readProxy(text: string): NetProxy {
  const url = URL.parse(text);
  const isWeb = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (url === null || !isWeb || `${url.pathname}${url.search}${url.hash}` !== '/')
    throw badOption('Cannot use the proxy: not "http://host:port" or "https://host:port"');
  const user = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return {
    origin: url.origin,
    host: literalAddress(url.hostname) ?? url.hostname,
    port: portOf(url),
    tls: url.protocol === 'https:',
    authorization: user === ':' ? undefined : `Basic ${Buffer.from(user, 'utf8').toString('base64')}`,
  };
}

function readRoute(from: string, to: string): readonly [string, URL] {
  const [declared, target] = [URL.parse(from), URL.parse(to)];
  if (declared?.protocol !== 'https:' || declared.origin !== from)
    throw badOption(`Cannot route "${from}": not a bare https origin`);
  const isWeb = target?.protocol === 'https:' || target?.protocol === 'http:';
  if (target === null || !isWeb || target.origin !== to)
    throw badOption(`Cannot route "${from}" to "${to}": not a bare origin`);
  if (target.protocol !== 'https:' && !isLoopback(target.hostname))
    throw badOption(`Cannot route "${from}" to "${to}": plain http is for the loopback interface only`);
  return [from, target];
}

/** Literal on purpose: a name could lead elsewhere later. */
function isLoopback(hostname: string): boolean {
  return hostname === '[::1]' || (literalAddress(hostname)?.startsWith('127.') ?? false);
}

function readTimeout(milliseconds: number): number {
  if (Number.isInteger(milliseconds) && milliseconds >= 1 && milliseconds <= MAX_DECIDER_TIMEOUT_MS)
    return milliseconds;
  throw badOption(
    `Cannot use onRequestTimeoutMs ${milliseconds}: not a whole number from 1 to ${MAX_DECIDER_TIMEOUT_MS}`,
  );
}
