// The picture as shapes in their places, out of hosts' models: nothing here knows of a screen. What networks run over lies on top;
// hosts hang under it side by side, each with its interfaces as sockets in its upper edge, and under them their networks.
import { block, PILL } from './block.js';
import { counted, fit, wrap } from './text.js';

const NARROWEST = 318;
const WIDEST = 560;
const GAP = 18;
const RAIL = 28;
const SOCKET = 38;
const LANE = 13;
const PAD = 12;
const BETWEEN = 14;
/** Where a network on one host makes all others wait for it, rows are not worth their room. */
const ALIGNED = 1.5;

function railsOf(hosts) {
  const rails = new Map();
  const add = (key, at) => rails.set(key, [...(rails.get(key) ?? []), at]);
  for (const one of hosts) {
    for (const nic of one.nics) {
      if (nic.physical) add(`physical ${nic.physical}`, one.host);
      if (nic.tunnel) add('tunnels', nic.tunnel);
    }
  }
  return [...rails].map(([key, at]) => ({ key, at })).sort((a, b) => Number(a.key === 'tunnels') - Number(b.key === 'tunnels') || a.key.localeCompare(b.key));
}

/**
 * `hosts`: of `hostOf`, in order. `look(network)`: `{ name, detail, mark, order }`; `ports`: by id; `names`: of instances, by id;
 * `found(block, item)`: whether it was looked for; `t`: wordings; `limit`: taps of a network on a host. Answers
 * `{ width, height, shapes, links, columns }`.
 */
export function plan({ hosts, width, limit = 40, ...of }) {
  const columns = Math.max(1, Math.min(hosts.length, Math.floor((width + GAP) / (NARROWEST + GAP))));
  const breadth = Math.min(WIDEST, (width - GAP * (columns - 1)) / columns);
  const rails = railsOf(hosts);
  const shapes = [];
  const links = [];
  const order = (one) => (one.network ? of.look(one.network).order : Infinity);
  let top = 0;
  for (let from = 0; from < hosts.length; from += columns) {
    const row = hosts.slice(from, from + columns).map((one) => ({ ...one, blocks: [...one.blocks].sort((a, b) => order(a) - order(b)) }));
    const right = row.length * (breadth + GAP) - GAP;
    const railY = new Map();
    rails.forEach((rail, index) => {
      const y = top + 24 + index * RAIL;
      railY.set(rail.key, y);
      const tunnels = rail.key === 'tunnels';
      const label = tunnels ? of.t('wiring.tunnels') : rail.key.slice('physical '.length);
      shapes.push({ type: 'rail', key: `rail ${rail.key}`, row: from, x1: 0, x2: right, y, tunnels, title: `${label}: ${rail.at.join(', ')}` });
      shapes.push({ type: 'rail-name', key: `rail ${rail.key} ${from}`, about: `rail ${rail.key}`, x: 2, y: y - 8, text: fit(label, right - 20, 12.5), full: `${label}: ${rail.at.join(', ')}` });
    });
    const bottom = top + rails.length * RAIL + 30;
    const panels = row.map((one, index) => panel(one, { x: index * (breadth + GAP), y: bottom, width: breadth, railY, limit }, of));
    const starts = align(panels);
    panels.forEach((each, index) => {
      const made = each.place(starts[index]);
      shapes.push(...made.shapes);
      links.push(...made.links);
      each.height = made.height;
    });
    top = bottom + Math.max(...panels.map((each) => each.height)) + 26;
  }
  return { width: Math.min(width, columns * (breadth + GAP) - GAP), height: Math.max(0, top - 20), shapes, links, columns };
}

/** Where each block begins: the same network at the same height on all hosts of a row, unless that takes much more room. */
function align(panels) {
  const heights = new Map();
  const head = Math.max(...panels.map((one) => one.head));
  panels.forEach((one) => one.measured.forEach(({ id, order, height }) => heights.set(id, { order, height: Math.max(height, heights.get(id)?.height ?? 0) })));
  const rows = [...heights].sort(([, a], [, b]) => a.order - b.order);
  const starts = new Map();
  let y = head;
  rows.forEach(([id, { height }]) => {
    starts.set(id, y);
    y += height + BETWEEN;
  });
  const tallest = Math.max(...panels.map((one) => one.head + one.measured.reduce((sum, each) => sum + each.height + BETWEEN, 0)));
  if (y <= tallest * ALIGNED) return panels.map((one) => one.measured.map(({ id }) => starts.get(id)));
  return panels.map((one) => {
    let own = one.head;
    return one.measured.map(({ height }) => {
      const start = own;
      own += height + BETWEEN;
      return start;
    });
  });
}

function panel(one, { x, y, width, railY, limit }, of) {
  const { t, look } = of;
  const lanes = one.nics.filter((nic) => nic.bears);
  const left = x + PAD + Math.max(1, lanes.length) * LANE + 4;
  const inner = x + width - PAD - left;
  const titleTop = SOCKET + 6 + lanes.length * 6;
  const own = [...one.differences, ...one.nics.flatMap((nic) => nic.differences)].filter((each, index, all) => all.findIndex((other) => other.text === each.text) === index)
    .map((each) => ({ ...each, lines: wrap(each.text, inner - 22, 12) }));
  const silent = one.agent?.alive === false ? wrap(t('wiring.silent'), inner - 22, 12) : [];
  const head = titleTop + 46 + (silent.length ? silent.length * 15 + 5 : 0) + own.reduce((sum, each) => sum + each.lines.length * 15 + 5, 0) + 8;
  const put = (each, from) => block(each, { host: one.host, x: left, width: inner, y: y + from, limit }, of);
  const measured = one.blocks.map((each) => ({ id: each.network ?? '', order: each.network ? look(each.network).order : Infinity, height: put(each, 0).height }));
  return { head, measured, place };

  function place(starts) {
    const shapes = [];
    const links = [];
    const size = Math.min(150, (width - PAD * 2 - 8 * (one.nics.length - 1)) / Math.max(1, one.nics.length));
    const taps = one.blocks.reduce((sum, each) => sum + each.taps.length, 0);
    const sockets = new Map();
    one.nics.forEach((nic, index) => {
      const bad = nic.differences.length > 0;
      const gone = nic.differences.some((each) => each.missing);
      const down = nic.device && nic.device.up === false;
      const socket = {
        type: 'box', key: `${one.host}/${nic.name}`, role: 'nic', net: null, host: one.host, x: x + PAD + index * (size + 8), y: y - 12, w: size, h: SOCKET, r: 4, bad, ghost: gone, down,
        found: of.found({ differences: [] }, nic), icon: bad ? 'alert' : undefined,
        lines: [{ text: fit(nic.name, size - 16, 12, true), mono: true, strong: true, x: size / 2, y: 16, middle: true },
          { text: fit(nic.tunnel ?? nic.physical ?? '', size - 8, 11, Boolean(nic.tunnel)), small: true, mono: Boolean(nic.tunnel), x: size / 2, y: 30, middle: true }],
        focus: { host: one.host, find: nic.name },
        title: [[nic.name, t('wiring.kind.nic'), nic.physical, gone && t('wiring.missing'), down && t('wiring.down'), nic.device?.mac, nic.device?.mtu && `MTU ${nic.device.mtu}`, ...(nic.device?.addresses ?? [])].filter(Boolean).join(' · '), ...nic.differences.map((each) => each.text)].join('\n'),
      };
      sockets.set(nic.name, socket);
      for (const rail of [nic.physical && `physical ${nic.physical}`, nic.tunnel && 'tunnels'].filter(Boolean)) {
        const at = railY.get(rail);
        const middle = socket.x + size / 2 + (rail === 'tunnels' && nic.physical ? 12 : 0);
        links.push({ type: 'link', key: `${socket.key}>${rail}`, from: `rail ${rail}`, to: socket.key, net: null, d: `M${middle} ${at}V${socket.y}`, joint: [middle, at], trunk: true, halo: true, bad: gone });
      }
    });
    let last = head;
    one.blocks.forEach((each, index) => {
      const made = put(each, starts[index]);
      shapes.push(...made.shapes);
      links.push(...made.links);
      last = Math.max(last, starts[index] + made.height + BETWEEN);
      const socket = sockets.get(each.nic);
      const lane = lanes.findIndex((nic) => nic.name === each.nic);
      if (socket && made.entry && lane >= 0) {
        const at = x + PAD + lane * LANE + 4;
        const elbow = y + SOCKET - 12 + 8 + lane * 6;
        const enter = made.entry.y + PILL / 2;
        const start = at > socket.x && at < socket.x + size ? at : socket.x + 10;
        links.push({ type: 'link', key: `${socket.key}>${made.entry.key}`, from: socket.key, to: made.entry.key, net: each.network, d: `M${start} ${socket.y + SOCKET}${start === at ? '' : `V${elbow}H${at}`}V${enter - 6}`, tip: `M${at} ${enter - 6}q0 6 6 6H${made.entry.x}`, lane: true, bad: made.entry.ghost });
      }
    });
    if (!one.blocks.length) {
      shapes.push({ type: 'text', key: `${one.host}/nothing`, net: null, host: one.host, x: left, y: y + head + 8, text: fit(t('wiring.nothing'), inner, 12), cls: 'soft' });
      last = head + 24;
    }
    if (one.idle.length) {
      const text = t('wiring.idle', { names: one.idle.map((nic) => [nic.name, ...(nic.addresses ?? [])].join(' ')).join(', ') });
      wrap(text, inner, 11.5, 3).forEach((line, index) => {
        shapes.push({ type: 'text', key: `${one.host}/idle${index}`, net: null, host: one.host, x: left, y: y + last + 8, text: line, full: text, cls: 'soft small' });
        last += 15;
      });
      last += 4;
    }
    const height = last + 8;
    const summary = [counted(t, 'wiring.taps', taps), counted(t, 'wiring.networks', new Set(one.blocks.map((each) => each.network).filter(Boolean)).size)].join(' · ');
    const title = { type: 'host', key: `${one.host}/`, net: null, host: one.host, x: left, y: y + titleTop, text: fit(one.host, inner, 15), full: one.host, detail: fit(summary, inner, 12), focus: { host: one.host } };
    let under = y + titleTop + 42;
    const faults = [];
    if (silent.length) {
      faults.push({ type: 'fault', key: `${one.host}/silent`, net: null, host: one.host, x: left, y: under, lines: silent, full: t('wiring.silent') });
      under += silent.length * 15 + 5;
    }
    own.forEach((each, index) => {
      faults.push({ type: 'fault', key: `${one.host}/!${index}`, net: null, host: one.host, about: each.device && `${one.host}/${each.device}`, x: left, y: under, lines: each.lines, full: each.text });
      under += each.lines.length * 15 + 5;
    });
    const sheet = { type: 'panel', key: `${one.host}/panel`, host: one.host, x, y, w: width, h: height, bad: own.length > 0 || one.blocks.some((each) => each.differences.length), silent: silent.length > 0 };
    return { shapes: [sheet, title, ...faults, ...sockets.values(), ...shapes], links, height };
  }
}
