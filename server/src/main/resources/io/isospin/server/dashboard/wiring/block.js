// One network on one host, from its uplink down: device, bridge, taps, and what is at the other end of each.
import { fit, widthOf, wrap } from './text.js';

export const PILL = 24;
export const TAP = 126; // As wide as tap01234567-89 and a sign in their faces.
const INDENT = 10;
const GAP = 6;
const END = 33;
const INSIDE = 102;
const SMALL = 11;
const LINE = 15;
/** More addresses than these are in the words alone. */
const ADDRESSES = 6;

const endsIn = (list) => list.filter(Boolean).join(' · ');

/** What differences say of a device. */
export function said(differences, name) {
  return differences.filter((one) => one.device === name).map((one) => one.text);
}

/** What hangs on a port, in two lines. */
export function endOf(tap, port, { names, t }) {
  if (!tap.port_id) return { icon: 'question', title: t('wiring.noPort'), lines: [] };
  if (!port) return { icon: 'question', title: tap.port_id.slice(0, 11), lines: [t('wiring.unknownPort')] };
  const addresses = (port.fixed_ips ?? []).map((one) => one.ip_address);
  const owner = port.device_owner ?? '';
  const instance = owner.startsWith('compute:');
  const title = owner.startsWith('network:dhcp') ? 'DHCP'
    : instance ? names.get(port.device_id) || port.name || port.device_id.slice(0, 8)
      : port.name || owner.replace(/^network:/, '') || port.id.slice(0, 11);
  return { icon: instance ? 'instance' : owner.startsWith('network:') ? 'agent' : 'port', title, lines: addresses, name: port.name };
}

/** How high `block` is; `limit`: how many taps are shown. */
export function block(one, at, of) {
  const { host, x, width, y, limit } = at;
  const { t, look, ports, found } = of;
  const shapes = [];
  const links = [];
  const key = (name) => `${host}/${name}`;
  const net = one.network;
  const face = net && look(net);
  const right = x + width;
  let top = y;
  const device = (item, left, role, extra = {}) => {
    const bad = [...said(one.differences, item.name), ...(item.loose ? [t('wiring.loose', { name: item.name })] : [])];
    const down = !item.missing && item.up === false;
    const box = {
      type: 'box', key: key(item.name), role, net, host, x: left, y: top, w: TAP, h: PILL, r: role === 'bridge' ? 4 : 7,
      bad: bad.length > 0, ghost: Boolean(item.missing), found: found(one, item), icon: bad.length ? 'alert' : undefined,
      lines: [{ text: fit(item.name, TAP - (bad.length ? 22 : 10), 12, true), mono: true, x: bad.length ? 21 : TAP / 2, y: 16, middle: !bad.length }],
      focus: { host, network: net, find: item.name },
      title: [endsIn([item.name, t(`wiring.kind.${role}`), item.missing ? t('wiring.missing') : down ? t('wiring.down') : '', item.mac, item.mtu && `MTU ${item.mtu}`, item.local_ip, ...(item.addresses ?? []), extra.title]), ...bad].join('\n'),
    };
    if (down) box.down = true;
    shapes.push(box);
    return box;
  };
  const note = (text, left, room, cls = 'soft') => shapes.push({ type: 'text', key: `${host}/${one.id}/${shapes.length}`, net, host, x: left, y: top + 16, text: fit(text, room, SMALL + 0.5), full: text, cls });
  const link = (from, to, d, extra = {}) => links.push({ type: 'link', key: `${from.key}>${to.key}`, from: from.key, to: to.key, net, d, ...extra });

  // What the network is called, with its mark.
  const detail = fit(net ? face.short : '', width * 0.5, SMALL + 0.5);
  const called = net ? face.name : t('wiring.noNetwork');
  shapes.push({
    type: 'title', key: `${host}/${one.id}`, net, host, x, y: top, mark: face?.mark, up: [],
    text: fit(called, width - widthOf(detail, SMALL + 0.5) - (net ? 34 : 8), 13), full: called, detail, right, focus: net ? { network: net } : undefined,
  });
  top += 24;
  let above = null;
  const bridgeLeft = one.uplinks.length ? x + INDENT : x;
  const uplinks = one.uplinks.map((item) => {
    const box = device(item, x, item.kind);
    // The device's own number is in its name as a rule; where it is not, it is said.
    const number = item.vni ?? item.vlan;
    const tagged = item.name.endsWith(String(number)) ? '' : item.vni ? `VNI ${number}` : t('wiring.vlan', { number });
    note(endsIn([tagged, item.missing ? t('wiring.missing') : item.local_ip ? t('wiring.from', { address: item.local_ip }) : item.parent && t('wiring.on', { name: item.parent })]), x + TAP + 8, width - TAP - 8, item.missing ? 'bad' : 'soft');
    top += PILL + GAP;
    above = box;
    return box;
  });
  const bridges = one.bridges.map((item) => {
    const box = device(item, bridgeLeft, 'bridge');
    note(item.missing ? t('wiring.missing') : endsIn([`MTU ${item.mtu}`, ...(item.addresses ?? [])]), bridgeLeft + TAP + 8, width - TAP - INDENT - 8);
    if (above) {
      const apart = one.uplinks.some((up) => up.missing || (up.master && up.master !== item.name) || (!up.missing && !up.master));
      link(above, box, `M${x + 5} ${above.y + PILL}V${top + PILL / 2}H${bridgeLeft}`, { bad: apart || item.missing });
    }
    top += PILL + GAP;
    return box;
  });
  const [bridge] = bridges;
  const tapLeft = (bridge ? bridgeLeft : x) + INDENT;
  const endLeft = tapLeft + TAP + 10;
  const room = right - endLeft;
  const spine = (bridge ? bridgeLeft : x) + 5;
  const drawn = one.taps.slice(0, limit);
  const spaces = new Map(one.namespaces.flatMap((space) => space.interfaces.filter((inner) => inner.peer).map((inner) => [inner.peer, space])));
  const done = new Set();
  for (const item of drawn) {
    const port = item.port_id && ports.get(item.port_id);
    const end = endOf(item, port, of);
    const space = spaces.get(item.name);
    const box = device(item, tapLeft, 'tap', { title: endsIn([port?.name, port?.id ?? item.port_id]) });
    if (bridge) link(bridge, box, item.loose || item.missing ? `M${spine} ${top + PILL / 2}H${tapLeft}` : `M${spine} ${bridge.y + PILL}V${top + PILL / 2}H${tapLeft}`, { bad: item.loose || item.missing, gap: item.loose || item.missing });
    if (space && !done.has(space.name)) {
      done.add(space.name);
      note(end.title, endLeft, room, 'strong');
      top += PILL + 4;
      top += namespace(space, item.name, tapLeft + 12, top, right - tapLeft - 12, box, port) + GAP;
      continue;
    }
    if (item.missing && !port) {
      note(t('wiring.missing'), endLeft, room, 'bad');
      top += PILL + GAP;
      continue;
    }
    const two = end.lines.length > 0;
    const card = {
      type: 'box', key: key(`${item.name}#end`), role: 'end', net, host, x: endLeft, y: top - 2, w: room, h: two ? END : PILL + 4, r: 5, icon: end.icon,
      found: found(one, item), lines: [{ text: fit(end.title, room - 28, 12.5), x: 23, y: two ? 14 : 18, strong: true }, ...(two ? [{ text: fit(end.lines.join(' '), room - 10, SMALL, true), x: 6, y: 27.5, mono: true, small: true }] : [])],
      focus: item.port_id ? { port: item.port_id } : { host, network: net, find: item.name },
      title: endsIn([end.title, end.name !== end.title && end.name, ...end.lines, port?.mac_address, port?.id, port?.device_id]),
    };
    shapes.push(card);
    link(box, card, `M${tapLeft + TAP} ${top + PILL / 2}H${endLeft}`, { bad: item.missing });
    top += (two ? END : PILL + 4) + 3;
  }
  const more = one.taps.length - drawn.length;
  if (more > 0) {
    shapes.push({ type: 'text', key: `${host}/${one.id}/more`, net, host, x: tapLeft, y: top + 14, text: t('wiring.moreTaps', { count: more }), cls: 'link', focus: { host, network: net } });
    top += 22;
  }
  for (const space of one.namespaces.filter((other) => !done.has(other.name))) top += namespace(space, null, tapLeft + 12, top, right - tapLeft - 12, null) + GAP;
  for (const [index, difference] of one.differences.entries()) {
    const lines = wrap(difference.text, width - 22, 12);
    shapes.push({ type: 'fault', key: `${host}/${one.id}!${index}`, net, host, about: difference.device && key(difference.device), x, y: top + 2, lines, full: difference.text });
    top += lines.length * LINE + 5;
  }

  /** A namespace is a wall; the pair goes through it. Answers how high it is. */
  function namespace(space, peer, left, from, breadth, tap, port) {
    const wall = { type: 'space', key: key(space.name), role: 'namespace', net, host, x: left, y: from, w: breadth, bad: said(one.differences, space.name).length > 0, found: found(one, space), label: fit(space.name, breadth - 14, SMALL, true), title: [space.name, ...said(one.differences, space.name)].join('\n'), focus: { host, network: net, find: space.name } };
    shapes.push(wall);
    let inner = from + 20;
    const pill = Math.min(INSIDE, breadth - 12);
    for (const item of space.interfaces) {
      const bad = said(one.differences, item.name);
      const box = {
        type: 'box', key: key(`${space.name}:${item.name}`), within: wall.key, role: 'inside', net, host, x: left + 6, y: inner, w: pill, h: 21, r: 6, bad: bad.length > 0, down: item.up === false, found: found(one, item),
        lines: [{ text: fit(item.name, pill - 6, SMALL, true), mono: true, small: true, x: pill / 2, y: 14.5, middle: true }],
        focus: { host, network: net, find: item.name },
        title: [endsIn([item.name, item.up === false && t('wiring.down'), item.mac, `MTU ${item.mtu}`, ...(item.addresses ?? []), port?.name]), ...bad].join('\n'),
      };
      shapes.push(box);
      if (tap && item.peer === peer) link(tap, box, `M${left - 6} ${tap.y + PILL}V${inner + 10.5}H${left + 6}`, { joint: [left, inner + 10.5], small: true });
      (item.addresses ?? []).slice(0, ADDRESSES).forEach((address, index) => {
        shapes.push({ type: 'text', key: key(`${space.name}:${item.name}:${address}`), within: wall.key, net, host, x: left + pill + 12, y: inner + 10 + index * 14, text: fit(address, breadth - pill - 14, SMALL, true), full: address, cls: 'mono soft small' });
      });
      inner += Math.max(24, Math.min(ADDRESSES, item.addresses?.length ?? 0) * 14 + 2);
    }
    inner += 3;
    let across = left + 8;
    for (const service of space.services ?? []) {
      const text = `${service.name}${service.running ? '' : ` ${t('wiring.notRunning')}`}`;
      const long = widthOf(text, SMALL) + 26;
      if (across > left + 8 && across + long > left + breadth) {
        across = left + 8;
        inner += 17;
      }
      shapes.push({ type: 'service', key: key(`${space.name}@${service.name}`), within: wall.key, net, host, x: across, y: inner + 7, running: service.running, text, label: `${service.name} ${t(service.running ? 'wiring.running' : 'wiring.notRunning')}` });
      across += long;
    }
    wall.h = inner + 20 - from;
    return wall.h;
  }
  return { shapes, links, height: top - y, entry: uplinks[0] ?? bridge ?? null, bad: one.differences.length > 0 };
}
