import type { BlockRow } from './address-block.ts';

/**
 * The IANA special-purpose registry of IPv6 (RFC 6890 and its updates) with the forms and scopes of RFC 4291 and RFC 3879.
 * Blocks for which the registry says "not applicable" (Teredo, 6to4, ORCHID) count as unreachable. What no row holds is
 * public only inside 2000::/3, the one block that is given out as global unicast.
 */
export const IPV6_BLOCKS: readonly BlockRow[] = [
  { block: '::1/128', name: 'Loopback Address', rfc: 'RFC 4291', reachable: false, ownNetwork: true },
  { block: '::/128', name: 'Unspecified Address', rfc: 'RFC 4291', reachable: false },
  { block: '::/96', name: 'IPv4-Compatible IPv6 (deprecated)', rfc: 'RFC 4291', reachable: false },
  { block: '::ffff:0:0/96', name: 'IPv4-mapped Address', rfc: 'RFC 4291', reachable: false },
  { block: '::ffff:0:0:0/96', name: 'IPv4-translated (SIIT)', rfc: 'RFC 2765', reachable: false },
  { block: '64:ff9b::/96', name: 'IPv4-IPv6 Translation (NAT64)', rfc: 'RFC 6052', reachable: true },
  { block: '64:ff9b:1::/48', name: 'IPv4-IPv6 Translation, local use', rfc: 'RFC 8215', reachable: false },
  { block: '100::/64', name: 'Discard-Only Address Block', rfc: 'RFC 6666', reachable: false },
  { block: '100:0:0:1::/64', name: 'Dummy IPv6 Prefix', rfc: 'RFC 9780', reachable: false },
  { block: '2001::/23', name: 'IETF Protocol Assignments', rfc: 'RFC 2928', reachable: false },
  { block: '2001::/32', name: 'TEREDO', rfc: 'RFC 4380', reachable: false },
  { block: '2001:1::1/128', name: 'Port Control Protocol Anycast', rfc: 'RFC 7723', reachable: true },
  { block: '2001:1::2/128', name: 'TURN Anycast', rfc: 'RFC 8155', reachable: true },
  { block: '2001:1::3/128', name: 'DNS-SD Service Registration Protocol Anycast', rfc: 'RFC 9665', reachable: true },
  { block: '2001:2::/48', name: 'Benchmarking', rfc: 'RFC 5180', reachable: false },
  { block: '2001:3::/32', name: 'AMT', rfc: 'RFC 7450', reachable: true },
  { block: '2001:4:112::/48', name: 'AS112-v6', rfc: 'RFC 7535', reachable: true },
  { block: '2001:10::/28', name: 'Deprecated (ORCHID)', rfc: 'RFC 4843', reachable: false },
  { block: '2001:20::/28', name: 'ORCHIDv2', rfc: 'RFC 7343', reachable: true },
  { block: '2001:30::/28', name: 'Drone Remote ID Protocol Entity Tags', rfc: 'RFC 9374', reachable: true },
  { block: '2001:db8::/32', name: 'Documentation', rfc: 'RFC 3849', reachable: false },
  { block: '2002::/16', name: '6to4', rfc: 'RFC 3056', reachable: false },
  { block: '2620:4f:8000::/48', name: 'Direct Delegation AS112 Service', rfc: 'RFC 7534', reachable: true },
  { block: '3fff::/20', name: 'Documentation', rfc: 'RFC 9637', reachable: false },
  { block: '5f00::/16', name: 'Segment Routing (SRv6) SIDs', rfc: 'RFC 9602', reachable: false },
  { block: 'fc00::/7', name: 'Unique-Local', rfc: 'RFC 4193', reachable: false, ownNetwork: true },
  { block: 'fe80::/10', name: 'Link-Local Unicast', rfc: 'RFC 4291', reachable: false },
  { block: 'fec0::/10', name: 'Site-Local (deprecated)', rfc: 'RFC 3879', reachable: false },
  { block: 'ff00::/8', name: 'Multicast', rfc: 'RFC 4291', reachable: false },
];
