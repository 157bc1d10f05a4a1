// How resources are told to people, where the schema alone would do less well: which columns, in which order the attributes
// of a form stand. A resource that is not here gets its pages from the schema.
import { resourceOf } from '../core/schema.js';
import { isAdmin } from '../core/session.js';

const PROVIDER = ['provider:network_type', 'provider:physical_network', 'provider:segmentation_id'];
const FLAT = 'flat';
const TUNNELS = ['vxlan', 'gre', 'geneve', 'local'];

const provider = {
  'provider:network_type': { options: [['flat', 'Flat'], ['vlan', 'VLAN'], ['vxlan', 'VXLAN']] },
  'provider:physical_network': { hidden: (values) => TUNNELS.includes(values['provider:network_type']) },
  'provider:segmentation_id': { hidden: (values) => values['provider:network_type'] === FLAT },
};

const SHOWN = {
  network: {
    icon: 'network',
    columns: {
      project: ['name', 'subnets', 'shared', 'router:external', 'status', 'admin_state_up', 'availability_zones'],
      admin: ['name', 'project_id', 'subnets', 'shared', 'router:external', 'status', 'admin_state_up', ...PROVIDER],
    },
    create: {
      project: ['name', 'description', 'admin_state_up', 'mtu', 'availability_zone_hints'],
      admin: ['name', 'description', 'project_id', ...PROVIDER, 'admin_state_up', 'shared', 'router:external', 'mtu', 'availability_zone_hints'],
    },
    update: {
      project: ['name', 'description', 'admin_state_up', 'mtu'],
      admin: ['name', 'description', 'admin_state_up', 'shared', 'router:external', 'mtu'],
    },
    extra: provider,
    tabs: [['subnets', 'network_id'], ['ports', 'network_id']],
  },
  subnet: {
    icon: 'subnet',
    columns: {
      project: ['name', 'cidr', 'network_id', 'ip_version', 'gateway_ip', 'enable_dhcp'],
      admin: ['name', 'project_id', 'cidr', 'network_id', 'ip_version', 'gateway_ip', 'enable_dhcp'],
    },
    create: ['network_id', 'name', 'ip_version', 'cidr', 'subnetpool_id', 'prefixlen', 'gateway_ip', 'enable_dhcp', 'ipv6_address_mode', 'ipv6_ra_mode', 'allocation_pools', 'dns_nameservers', 'host_routes', 'service_types', 'description'],
    update: ['name', 'description', 'gateway_ip', 'enable_dhcp', 'allocation_pools', 'dns_nameservers', 'host_routes', 'service_types'],
    extra: {
      ipv6_address_mode: { hidden: (values) => values.ip_version !== 6 },
      ipv6_ra_mode: { hidden: (values) => values.ip_version !== 6 },
      prefixlen: { hidden: (values) => !values.subnetpool_id },
    },
    initial: { ip_version: 4 },
    // As the chapter's pages list them.
    detail: ['name', 'id', 'network_id', 'subnetpool_id', 'ip_version', 'cidr', 'allocation_pools', 'gateway_ip', 'enable_dhcp', 'ipv6_address_mode', 'ipv6_ra_mode', 'host_routes', 'dns_nameservers', 'service_types', 'project_id', 'description'],
  },
  port: {
    icon: 'port',
    // Most have no name, and there are many.
    sort: 'id',
    columns: {
      project: ['name', 'fixed_ips', 'mac_address', 'network_id', 'device_owner', 'status', 'admin_state_up'],
      admin: ['name', 'project_id', 'fixed_ips', 'mac_address', 'network_id', 'device_owner', 'binding:host_id', 'status', 'admin_state_up'],
    },
    create: {
      project: ['network_id', 'name', 'admin_state_up', 'fixed_ips', 'mac_address', 'device_id', 'allowed_address_pairs', 'extra_dhcp_opts', 'dns_name', 'description'],
      admin: ['network_id', 'name', 'project_id', 'admin_state_up', 'fixed_ips', 'mac_address', 'device_id', 'device_owner', 'binding:host_id', 'binding:vnic_type', 'binding:profile', 'allowed_address_pairs', 'extra_dhcp_opts', 'dns_name', 'description'],
    },
    update: {
      project: ['name', 'admin_state_up', 'fixed_ips', 'allowed_address_pairs', 'extra_dhcp_opts', 'dns_name', 'description'],
      admin: ['name', 'admin_state_up', 'fixed_ips', 'mac_address', 'device_id', 'device_owner', 'binding:host_id', 'binding:vnic_type', 'allowed_address_pairs', 'extra_dhcp_opts', 'dns_name', 'description'],
    },
  },
  subnetpool: {
    icon: 'pool',
    columns: {
      project: ['name', 'prefixes', 'default_prefixlen', 'ip_version', 'address_scope_id', 'shared', 'is_default'],
      admin: ['name', 'project_id', 'prefixes', 'default_prefixlen', 'ip_version', 'address_scope_id', 'shared', 'is_default'],
    },
    create: {
      project: ['name', 'prefixes', 'default_prefixlen', 'min_prefixlen', 'max_prefixlen', 'default_quota', 'address_scope_id', 'description'],
      admin: ['name', 'prefixes', 'default_prefixlen', 'min_prefixlen', 'max_prefixlen', 'default_quota', 'address_scope_id', 'shared', 'is_default', 'project_id', 'description'],
    },
  },
  address_scope: {
    icon: 'scope',
    columns: { project: ['name', 'ip_version', 'shared'], admin: ['name', 'project_id', 'ip_version', 'shared'] },
    create: { project: ['name', 'ip_version'], admin: ['name', 'ip_version', 'shared', 'project_id'] },
    initial: { ip_version: 4 },
  },
  rbac_policy: {
    icon: 'share',
    columns: { project: ['id', 'object_type', 'object_id', 'action', 'target_tenant'], admin: ['id', 'project_id', 'object_type', 'object_id', 'action', 'target_tenant'] },
    create: ['object_type', 'object_id', 'action', 'target_tenant'],
    extra: {
      object_type: { options: ['network', 'subnetpool', 'address_scope'].map((one) => [one, one]) },
      object_id: { collection: (values) => resourceOf(values.object_type)?.path },
      action: { options: ['access_as_shared', 'access_as_external'].map((one) => [one, one]) },
    },
  },
  agent: {
    icon: 'agent',
    columns: { admin: ['host', 'agent_type', 'availability_zone', 'alive', 'admin_state_up', 'heartbeat_timestamp'] },
    first: 'host',
  },
  segment: {
    icon: 'topology',
    columns: { admin: ['name', 'network_id', 'network_type', 'physical_network', 'segmentation_id'] },
  },
  network_segment_range: {
    icon: 'pool',
    columns: { admin: ['name', 'network_type', 'physical_network', 'minimum', 'maximum', 'shared', 'project_id'] },
    extra: { network_type: { options: [['vlan', 'VLAN'], ['vxlan', 'VXLAN']] } },
  },
};

const IDENTIFYING = ['tenant_id', 'revision_number', 'created_at', 'updated_at'];
const COLUMNS = 7;

export function shown(resource) {
  return SHOWN[resource.member] ?? {};
}

function byScope(choice, scope) {
  return Array.isArray(choice) ? choice : choice?.[scope];
}

/** The columns of a list, the first naming the row. */
export function columns(resource, scope) {
  const chosen = byScope(shown(resource).columns, scope);
  const all = Object.keys(resource.attributes);
  const first = all.includes('name') ? 'name' : 'id';
  return (chosen ?? [first, ...all.filter((name) => ![first, 'id', 'project_id', 'description', 'tags', ...IDENTIFYING].includes(name))].slice(0, COLUMNS))
    .filter((name) => resource.attributes[name]);
}

/** The attributes of a form; what policy guards is an administrator's, unless it is said above. */
export function fields(resource, verb, scope) {
  const schema = resource[verb];
  const chosen = byScope(shown(resource)[verb], scope);
  if (chosen) return chosen.filter((name) => schema.properties[name]);
  return Object.entries(schema.properties)
    .filter(([name, property]) => name !== 'tenant_id' && (isAdmin() || !property['x-isospin-rule']))
    .map(([name]) => name);
}

/** The attributes of a page about one document. */
export function details(resource) {
  const first = shown(resource).detail ?? ['name', 'id', 'project_id', 'description'];
  const rest = Object.keys(resource.attributes).filter((name) => !first.includes(name) && !IDENTIFYING.includes(name) && name !== 'tags');
  const all = [...first, ...rest, 'tags', 'created_at', 'updated_at', 'revision_number'];
  return all.filter((name) => resource.attributes[name]);
}
