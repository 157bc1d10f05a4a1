// Which field a refusal is about. Neutron names the attribute in its words for bad input, and has a type for the rest.
const BY_TYPE = {
  FlatNetworkInUse: 'provider:physical_network',
  VlanIdInUse: 'provider:segmentation_id',
  TunnelIdInUse: 'provider:segmentation_id',
  PhysicalNetworksMisconfigured: 'provider:physical_network',
  GatewayConflictWithAllocationPools: 'gateway_ip',
  GatewayIpInUse: 'gateway_ip',
  InvalidAllocationPool: 'allocation_pools',
  OverlappingAllocationPools: 'allocation_pools',
  OutOfBoundsAllocationPool: 'allocation_pools',
  DNSNameServersExhausted: 'dns_nameservers',
  HostRoutesExhausted: 'host_routes',
  SubnetPrefixLengthPoolError: 'prefixlen',
  SubnetAllocationError: 'subnetpool_id',
  SubnetPoolQuotaExceeded: 'subnetpool_id',
  IpAddressInUse: 'fixed_ips',
  IpAddressAlreadyAllocated: 'fixed_ips',
  InvalidIpForNetwork: 'fixed_ips',
  InvalidIpForSubnet: 'fixed_ips',
  IpAddressGenerationFailure: 'fixed_ips',
  ExternalIpAddressExhausted: 'fixed_ips',
  MacAddressInUse: 'mac_address',
  AllowedAddressPairExhausted: 'allowed_address_pairs',
  InvalidSharedSetting: 'shared',
  MinPrefixSubnetAllocationError: 'prefixlen',
  MaxPrefixSubnetAllocationError: 'prefixlen',
  RbacPolicyInUse: 'target_tenant',
};
const INVALID = /^Invalid input for '?([a-z][\w:]*)'?\. Reason: (.*)$/s;
const FORBIDDEN = /\(?rule:?[ ']*(?:create|update)_\w+?:([\w:]+)/;
const WORDS = [
  [/\bcidr\b|overlap/i, 'cidr'],
  [/gateway/i, 'gateway_ip'],
  [/segmentation[_ ]id|\bVLAN\b|\bVNI\b/i, 'provider:segmentation_id'],
  [/physical[_ ]network/i, 'provider:physical_network'],
  [/network_type/i, 'provider:network_type'],
  [/allocation pool/i, 'allocation_pools'],
  [/nameserver/i, 'dns_nameservers'],
  [/\bMTU\b/i, 'mtu'],
  [/MAC address/i, 'mac_address'],
  [/prefix ?len/i, 'prefixlen'],
  [/\baction\b/i, 'action'],
  [/could not be found/i, 'object_id'],
];

/** `{ attribute, text }`; `attribute` undefined where it is about none of the `shown` ones. */
export function fault(refusal, shown) {
  const invalid = INVALID.exec(refusal.message);
  const forbidden = FORBIDDEN.exec(refusal.message);
  const guess = invalid?.[1] ?? BY_TYPE[refusal.type] ?? forbidden?.[1]
    ?? (refusal.status === 400 || refusal.status === 409 ? WORDS.find(([words, name]) => words.test(refusal.message) && shown.includes(name))?.[1] : undefined);
  const text = invalid ? invalid[2] : refusal.message;
  return shown.includes(guess) ? { attribute: guess, text } : { text: refusal.message };
}
