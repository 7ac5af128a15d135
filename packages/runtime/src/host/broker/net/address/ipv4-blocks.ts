import type { BlockRow } from './address-block.ts';

/**
 * Every block of IPv4 that is not plain unicast space: the IANA special-purpose registry (RFC 6890 and its updates) and
 * multicast (RFC 5771). What no row holds is public.
 */
export const IPV4_BLOCKS: readonly BlockRow[] = [
  { block: '0.0.0.0/8', name: 'This network', rfc: 'RFC 791', reachable: false },
  { block: '0.0.0.0/32', name: 'This host on this network', rfc: 'RFC 1122', reachable: false },
  { block: '10.0.0.0/8', name: 'Private-Use', rfc: 'RFC 1918', reachable: false, ownNetwork: true },
  { block: '100.64.0.0/10', name: 'Shared Address Space', rfc: 'RFC 6598', reachable: false, ownNetwork: true },
  { block: '127.0.0.0/8', name: 'Loopback', rfc: 'RFC 1122', reachable: false, ownNetwork: true },
  { block: '169.254.0.0/16', name: 'Link Local', rfc: 'RFC 3927', reachable: false },
  { block: '172.16.0.0/12', name: 'Private-Use', rfc: 'RFC 1918', reachable: false, ownNetwork: true },
  { block: '192.0.0.0/24', name: 'IETF Protocol Assignments', rfc: 'RFC 6890', reachable: false },
  { block: '192.0.0.0/29', name: 'IPv4 Service Continuity Prefix', rfc: 'RFC 7335', reachable: false },
  { block: '192.0.0.8/32', name: 'IPv4 dummy address', rfc: 'RFC 7600', reachable: false },
  { block: '192.0.0.9/32', name: 'Port Control Protocol Anycast', rfc: 'RFC 7723', reachable: true },
  { block: '192.0.0.10/32', name: 'TURN Anycast', rfc: 'RFC 8155', reachable: true },
  { block: '192.0.0.170/32', name: 'NAT64/DNS64 Discovery', rfc: 'RFC 8880', reachable: false },
  { block: '192.0.0.171/32', name: 'NAT64/DNS64 Discovery', rfc: 'RFC 8880', reachable: false },
  { block: '192.0.2.0/24', name: 'Documentation (TEST-NET-1)', rfc: 'RFC 5737', reachable: false },
  { block: '192.31.196.0/24', name: 'AS112-v4', rfc: 'RFC 7535', reachable: true },
  { block: '192.52.193.0/24', name: 'AMT', rfc: 'RFC 7450', reachable: true },
  { block: '192.88.99.0/24', name: 'Deprecated (6to4 Relay Anycast)', rfc: 'RFC 7526', reachable: false },
  { block: '192.88.99.2/32', name: '6a44-relay anycast address', rfc: 'RFC 6751', reachable: false },
  { block: '192.168.0.0/16', name: 'Private-Use', rfc: 'RFC 1918', reachable: false, ownNetwork: true },
  { block: '192.175.48.0/24', name: 'Direct Delegation AS112 Service', rfc: 'RFC 7534', reachable: true },
  { block: '198.18.0.0/15', name: 'Benchmarking', rfc: 'RFC 2544', reachable: false },
  { block: '198.51.100.0/24', name: 'Documentation (TEST-NET-2)', rfc: 'RFC 5737', reachable: false },
  { block: '203.0.113.0/24', name: 'Documentation (TEST-NET-3)', rfc: 'RFC 5737', reachable: false },
  { block: '224.0.0.0/4', name: 'Multicast', rfc: 'RFC 5771', reachable: false },
  { block: '240.0.0.0/4', name: 'Reserved', rfc: 'RFC 1112', reachable: false },
  { block: '255.255.255.255/32', name: 'Limited Broadcast', rfc: 'RFC 8190', reachable: false },
];
