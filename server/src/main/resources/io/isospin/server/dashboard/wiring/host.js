// What a host is made of, out of the documents that its agent reports: interfaces, and for each network the way from one of
// them over a VLAN or VXLAN device and a bridge to the taps and namespaces. Nothing is added that is not reported, but for
// what a difference says is missing.
import { inOrder } from './text.js';

/** What stands in for a VLAN device where the kernel has none is a pair; its outer end is of no interest by itself. */
const OUTER_END = /^vo-[0-9a-f]{8}$/;
const NAMES = /[A-Za-z][\w-]*(?:\.\d+)?/g;
const INSIDE = /^(ns|qdhcp|qrouter)-[0-9a-f]/;
const TAP = /^tap[0-9a-f]{8}-[0-9a-f]{2}$/;
const MISSING = [[TAP, 'tap'], [/^brq[0-9a-f]{8}-[0-9a-f]{2}$/, 'bridge'], [/^vxlan-\d{1,8}$/, 'vxlan'], [/^[\w-]+\.\d{1,4}$/, 'vlan']];

export function roleOf(device) {
  if (device.kind === 'bridge' || device.kind === 'vlan' || device.kind === 'vxlan') return device.kind;
  return device.kind === 'tap' || device.port_id || TAP.test(device.name) ? 'tap' : 'nic';
}

/** The device that a sentence names, by its name's form alone. */
export function named(text) {
  for (const [name] of text.matchAll(NAMES)) if (MISSING.some(([pattern]) => pattern.test(name)) || INSIDE.test(name)) return name;
  return undefined;
}

/** Which device a sentence is about: the first that it names, there or missing. */
function subject(text, { there, mapped }) {
  for (const [name] of text.matchAll(NAMES)) {
    if (there.has(name)) return { text, device: name };
    const kind = mapped.has(name) ? 'nic' : MISSING.find(([pattern]) => pattern.test(name))?.[1];
    if (kind) return { text, device: name, missing: kind };
  }
  return { text };
}

/** All that is on the host by its name, and what its parts are told by. */
function seen(parts, agent) {
  const roots = parts.flatMap((part) => part.interfaces ?? []).filter((one) => !OUTER_END.test(one.name));
  const spaces = parts.flatMap((part) => part.namespaces ?? []);
  const inside = spaces.flatMap((space) => space.interfaces);
  const peers = new Set(inside.map((one) => one.peer));
  const mapped = new Map(Object.entries(agent?.configurations?.bridge_mappings ?? {}).map(([physical, name]) => [name, physical]));
  return {
    roots,
    mapped,
    there: new Map([...spaces, ...inside, ...roots].map((one) => [one.name, one])),
    isNic: (one) => roleOf(one) === 'nic' && !peers.has(one.name),
    withAddress: (address) => address && roots.find((one) => one.addresses?.some((own) => own.split('/')[0] === address))?.name,
  };
}

/** What differences say is missing: it is drawn where it should be. */
function missing(differences, kind) {
  const names = new Set(differences.filter((one) => one.missing === kind).map((one) => one.device));
  return [...names].map((name) => ({
    name, kind, missing: true,
    vlan: kind === 'vlan' ? Number(name.split('.').pop()) : undefined,
    vni: kind === 'vxlan' ? Number(name.split('-').pop()) : undefined,
  }));
}

function blockOf(part, host) {
  const { roots, isNic } = host;
  const devices = (part.interfaces ?? []).filter((one) => !OUTER_END.test(one.name));
  const differences = (part.differences ?? []).map((text) => subject(text, host));
  const of = (role) => [...devices.filter((one) => roleOf(one) === role), ...missing(differences, role)];
  const bridges = of('bridge');
  const uplinks = [...of('vlan'), ...of('vxlan')];
  const isMember = (one) => bridges.some((bridge) => bridge.name === one.master);
  const taps = [...of('tap'), ...devices.filter((one) => roleOf(one) === 'nic' && !isNic(one))]
    .map((one) => ({ ...one, loose: Boolean(part.network_id) && !one.missing && !isMember(one) }))
    .sort((a, b) => a.name.localeCompare(b.name));
  return { id: part.id, network: part.network_id ?? null, bridges, uplinks, taps, nic: nicUnder(uplinks[0], roots.find((one) => isNic(one) && isMember(one)), host), namespaces: part.namespaces ?? [], differences };
}

/** The interface under an uplink; `member`: the one that is in the bridge itself. */
function nicUnder(uplink, member, { withAddress }) {
  if (!uplink) return member?.name;
  if (uplink.parent) return uplink.parent;
  return uplink.missing && uplink.kind === 'vlan' ? uplink.name.replace(/\.\d+$/, '') : withAddress(uplink.local_ip);
}

/** Whether the block holds interfaces that belong to the host itself, and nothing else. */
function isOwn(block) {
  return block.network === null && !block.bridges.length && !block.uplinks.length && !block.taps.length && !block.namespaces.length;
}

/**
 * `parts`: documents of one host; `agent`: its Linux bridge agent, where there is one. Answers `{ host, agent, nics, idle, blocks,
 * differences }`: `nics` bear something, or are to, `idle` do not; a block is `{ id, network, uplinks, bridges, taps, namespaces,
 * differences, nic }`, `nic` the name of the interface under it, and its `network` null for devices that belong to none;
 * `differences` are of the host itself.
 */
export function hostOf(host, parts, agent) {
  const all = seen(parts, agent);
  const { there, mapped, isNic, withAddress, roots } = all;
  const blocks = parts.map((part) => blockOf(part, all));
  const tunneling = agent?.configurations?.tunneling_ip;
  const tunnel = withAddress(tunneling);
  const bearing = new Set([...blocks.map((block) => block.nic), ...mapped.keys(), tunnel].filter(Boolean));
  const ofNics = blocks.flatMap((block) => block.differences.filter((one) => one.missing === 'nic' || (block.network === null && there.has(one.device) && isNic(there.get(one.device)))));
  const nics = [...bearing].map((name) => {
    const over = blocks.filter((block) => block.nic === name);
    const local = over.flatMap((block) => block.uplinks).find((one) => one.local_ip)?.local_ip;
    return {
      name, device: there.get(name), physical: mapped.get(name), tunnel: local ?? (tunnel === name ? tunneling : undefined),
      bears: over.length > 0, differences: ofNics.filter((one) => one.device === name),
    };
  });
  return {
    host,
    agent,
    nics: nics.sort((a, b) => Number(Boolean(a.tunnel)) - Number(Boolean(b.tunnel)) || inOrder(a.name, b.name)),
    idle: roots.filter((one) => isNic(one) && !bearing.has(one.name)).sort((a, b) => inOrder(a.name, b.name)),
    blocks: blocks.filter((block) => !isOwn(block)),
    differences: blocks.filter(isOwn).flatMap((block) => block.differences),
  };
}
