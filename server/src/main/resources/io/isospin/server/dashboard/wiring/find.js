// What was looked for, and which hosts and networks are shown for it.
import { inOrder } from './text.js';

/** What one document is found by. */
const texts = new WeakMap();

function textOf(document) {
  let text = texts.get(document);
  if (text === undefined) {
    const devices = [...document.interfaces ?? [], ...(document.namespaces ?? []).flatMap((one) => [one, ...one.interfaces])];
    text = devices.map((one) => [one.name, one.mac, one.port_id, one.local_ip, ...(one.addresses ?? [])].filter(Boolean).join('\n')).join('\n').toLowerCase();
    texts.set(document, text);
  }
  return text;
}

/** `word` in small letters. A device is found by its names, addresses and port; `ports`: ids that the API found. */
export function finds(word, item, ports = new Set()) {
  if (!word && !ports.size) return false;
  if (item.port_id && ports.has(item.port_id)) return true;
  if (!word) return false;
  return [item.name, item.mac, item.port_id, item.local_ip, item.physical, ...(item.addresses ?? [])].some((one) => one && String(one).toLowerCase().includes(word));
}

/**
 * What is in focus. `all`: lean documents; `details(id)`: the document with its devices, or undefined; `networks(id)`: what a network
 * is called, in small letters; `focus`: `{ network, host, port, find }`; `ports`: what the API found for the word or the port, each
 * `{ id, network_id, host }`. Answers `{ hosts, networks, any }`: hosts in order, with the count of what was found on each; networks
 * null where all are shown; `any` false where nothing narrows.
 */
export function narrow({ all, details, networks, focus, ports }) {
  const word = (focus.find ?? '').trim().toLowerCase();
  const any = Boolean(focus.network || focus.host || focus.port || word);
  const hosts = new Map();
  const note = (document, hits, whole) => {
    const host = hosts.get(document.host) ?? { host: document.host, hits: 0, whole: false, networks: new Set(), faults: 0 };
    host.hits += hits;
    host.whole ||= whole;
    if (document.network_id) host.networks.add(document.network_id);
    hosts.set(document.host, host);
  };
  const portIds = new Set([...ports.map((one) => one.id), focus.port].filter(Boolean));
  const portPlaces = new Set(ports.map((one) => `${one.host} ${one.network_id}`));
  const wanted = new Set();
  for (const document of all) {
    if (focus.host && document.host !== focus.host) continue;
    if (focus.network && document.network_id !== focus.network) continue;
    if (!word && !focus.port) {
      note(document, 0, Boolean(focus.host));
      continue;
    }
    const place = portPlaces.has(`${document.host} ${document.network_id}`);
    if (focus.port) {
      if (place || [...portIds].some((id) => textOf(details(document.id) ?? document).includes(id))) {
        note(document, 1, false);
        if (document.network_id) wanted.add(document.network_id);
      }
      continue;
    }
    const named = document.host.toLowerCase().includes(word);
    const net = document.network_id && networks(document.network_id).includes(word);
    const detail = details(document.id);
    const inside = place || (detail && textOf(detail).includes(word)) || document.differences?.some((one) => one.toLowerCase().includes(word));
    if (!named && !net && !inside) continue;
    note(document, inside ? 1 : 0, named);
    if ((inside || net) && document.network_id) wanted.add(document.network_id);
  }
  const whole = [...hosts.values()].some((one) => one.whole);
  const narrowed = focus.network ? new Set([focus.network]) : any && wanted.size && !whole ? wanted : null;
  return { hosts: [...hosts.values()], networks: narrowed, any, portIds };
}

/**
 * Which of the hosts' panels are drawn, where there is not room for all: what was found first, then what differs. `most` hosts, of as
 * many `parts` together, a part being a network on a host; one host in any case.
 */
export function ranked(hosts, faults, most, parts = Infinity) {
  const order = [...hosts].sort((a, b) => b.hits - a.hits || Number((faults.get(b.host) ?? 0) > 0) - Number((faults.get(a.host) ?? 0) > 0) || inOrder(a.host, b.host));
  let left = parts;
  return order.slice(0, most).filter((one, index) => {
    left -= Math.max(1, one.networks?.size ?? 1);
    return index === 0 || left >= 0;
  }).map((one) => one.host);
}
