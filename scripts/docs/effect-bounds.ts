import { DEFAULT_FS_LIMITS } from '../../packages/runtime/src/host/broker/fs/fs-limits.ts';
import {
  MAX_COMPONENT_BYTES,
  MAX_COMPONENTS,
  MAX_PATH_BYTES,
} from '../../packages/runtime/src/host/broker/fs/virtual-path.ts';
import { DEFAULT_NET_LIMITS } from '../../packages/runtime/src/host/broker/net/net-limits.ts';
import { MAX_REQUEST_BODY_BYTES } from '../../packages/runtime/src/protocol/messages.ts';
import { plainTable, tableWithOverrun } from './bounds-table.ts';

const FILES: readonly (readonly [string, number, string])[] = [
  ['bytes of one `readFile`', DEFAULT_FS_LIMITS.maxReadBytes, '`ERR_CARAPACE_FS_TOO_LARGE`'],
  ['bytes per streamed chunk', DEFAULT_FS_LIMITS.chunkBytes, ''],
  ['entries one `readdir` returns', DEFAULT_FS_LIMITS.maxListEntries, 'the rest is left out, and a log line says so'],
  [
    'entries one `readdir` looks at',
    DEFAULT_FS_LIMITS.maxScannedEntries,
    'the rest is left out, and a log line says so',
  ],
  ['entries one answer of an open directory gives', DEFAULT_FS_LIMITS.maxListBatch, ''],
  ['bytes one read of a handle gives', DEFAULT_FS_LIMITS.maxHandleReadBytes, 'fewer bytes'],
  ['files and directories open at once', DEFAULT_FS_LIMITS.maxOpenHandles, '`ERR_CARAPACE_FS_TOO_MANY`'],
  [
    'entries one recursive removal or one move of a directory involves',
    DEFAULT_FS_LIMITS.maxTreeEntries,
    '`ERR_CARAPACE_FS_TOO_MANY`',
  ],
  ['names below the mount that something new may have', DEFAULT_FS_LIMITS.maxWriteDepth, '`ERR_CARAPACE_FS_BAD_PATH`'],
  ['bytes of a path', MAX_PATH_BYTES, '`ERR_CARAPACE_FS_BAD_PATH`'],
  ['bytes of one name', MAX_COMPONENT_BYTES, '`ERR_CARAPACE_FS_BAD_PATH`'],
  ['names in a path, the mount included', MAX_COMPONENTS, '`ERR_CARAPACE_FS_BAD_PATH`'],
];

/** What nothing may be written into: the machine must not stop for want of storage. */
const FREE: readonly (readonly [string, number])[] = [
  ['bytes that stay free on the storage', DEFAULT_FS_LIMITS.minFreeBytes],
  ['files that the storage still has room for', DEFAULT_FS_LIMITS.minFreeFiles],
];

const NETWORK: readonly (readonly [string, number, string])[] = [
  ['characters of a URL', DEFAULT_NET_LIMITS.maxUrlLength, '`ERR_CARAPACE_NET_BAD_URL`'],
  ['query parameters of a URL', DEFAULT_NET_LIMITS.maxQueryParameters, '`ERR_CARAPACE_NET_BAD_URL`'],
  ['header lines of a request', DEFAULT_NET_LIMITS.maxRequestHeaders, '`ERR_CARAPACE_NET_BAD_HEADER`'],
  ['bytes of the headers of a request', DEFAULT_NET_LIMITS.maxRequestHeaderBytes, '`ERR_CARAPACE_NET_BAD_HEADER`'],
  [
    'bytes of the headers of a response',
    DEFAULT_NET_LIMITS.maxResponseHeaderBytes,
    '`ERR_CARAPACE_NET_RESPONSE_HEADERS`',
  ],
  ['interim answers (1xx) to a request', DEFAULT_NET_LIMITS.maxInterimResponses, '`ERR_CARAPACE_NET_PROTOCOL`'],
  ['redirects that one request follows', DEFAULT_NET_LIMITS.maxRedirects, '`ERR_CARAPACE_NET_REDIRECT`'],
  ['hosts of one call', DEFAULT_NET_LIMITS.maxHosts, '`ERR_CARAPACE_PERMISSION_NET_SPREAD`'],
  [
    'names in the place of the star of one wildcard, in one call',
    DEFAULT_NET_LIMITS.maxWildcardLabels,
    '`ERR_CARAPACE_PERMISSION_NET_SPREAD`',
  ],
  ['characters of such a name', DEFAULT_NET_LIMITS.maxWildcardLabelLength, '`ERR_CARAPACE_PERMISSION_NET_SPREAD`'],
  ['requests of one call under way', DEFAULT_NET_LIMITS.maxExchanges, 'the next one waits'],
  ['bytes that one call sends to one host', DEFAULT_NET_LIMITS.maxHostBytesOut, '`ERR_CARAPACE_BUDGET_BYTES_OUT`'],
  ['addresses in the answers for one name', DEFAULT_NET_LIMITS.maxAddresses, '`ERR_CARAPACE_NET_RESOLVE`'],
  ['ms for resolving a name', DEFAULT_NET_LIMITS.resolveTimeoutMs, '`ERR_CARAPACE_NET_RESOLVE`'],
  ['ms for a connection, TLS included', DEFAULT_NET_LIMITS.connectTimeoutMs, '`ERR_CARAPACE_NET_TIMEOUT`'],
  ['ms from the end of a request to the headers', DEFAULT_NET_LIMITS.headersTimeoutMs, '`ERR_CARAPACE_NET_TIMEOUT`'],
  ['bytes held for a skill that does not read a response', DEFAULT_NET_LIMITS.bufferBytes, 'the other side waits'],
  ['bytes of one piece of a request body', MAX_REQUEST_BODY_BYTES, 'more goes out in pieces'],
];

/** What one operation on files and one request may come to. */
export function effectBounds(): string {
  return `Files:

${tableWithOverrun(FILES)}

${plainTable(FREE, 'at least')}

Network; a transfer that brings fewer than ${DEFAULT_NET_LIMITS.minBytesPerSecond} bytes a second over ${DEFAULT_NET_LIMITS.rateWindowMs / 1_000} seconds in which only
the other side was waited for ends with \`ERR_CARAPACE_NET_TIMEOUT\`:

${tableWithOverrun(NETWORK)}`;
}
