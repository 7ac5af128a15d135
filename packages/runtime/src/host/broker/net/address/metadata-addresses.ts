import type { BlockRow } from './address-block.ts';

/**
 * Addresses at which cloud providers answer questions about the machine itself, credentials included, and which lie outside
 * the link-local blocks or inside a block that an operator may open.
 */
export const METADATA_ADDRESSES: readonly BlockRow[] = [
  { block: '169.254.169.254/32', name: 'Instance metadata', rfc: 'RFC 3927', reachable: false },
  { block: '169.254.170.2/32', name: 'Container credentials', rfc: 'RFC 3927', reachable: false },
  { block: '100.100.100.200/32', name: 'Instance metadata (Alibaba Cloud)', rfc: 'RFC 6598', reachable: false },
  { block: '168.63.129.16/32', name: 'Platform channel (Azure)', rfc: 'public space', reachable: false },
  { block: '192.0.0.192/32', name: 'Instance metadata (Oracle Cloud)', rfc: 'RFC 6890', reachable: false },
  { block: 'fd00:ec2::254/128', name: 'Instance metadata (AWS)', rfc: 'RFC 4193', reachable: false },
  { block: 'fd20:ce::254/128', name: 'Instance metadata (Google Cloud)', rfc: 'RFC 4193', reachable: false },
];
