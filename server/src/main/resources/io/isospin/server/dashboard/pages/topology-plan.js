// Where things stand in the picture: networks are rails, one under the other; what is attached hangs under its first
// network, in a column in which nothing is in the way down to its last.

export const ROW = 132;
export const COLUMN = 150;
export const LEFT = 212;
/** More than this on one network are told by their number. */
const MOST = 24;

const KINDS = [[/^compute:/, 'instance'], [/^network:dhcp/, 'dhcp'], [/^network:(router|ha_router)/, 'router']];

export function kindOf(owner) {
  return KINDS.find(([pattern]) => pattern.test(owner))?.[1] ?? 'port';
}

/** Ports of one device are one thing; a port that nothing has is one of its own. */
function devices(ports) {
  const all = new Map();
  for (const port of ports) {
    const key = port.device_id ? `${kindOf(port.device_owner)} ${port.device_id}` : port.id;
    const device = all.get(key) ?? { key, kind: kindOf(port.device_owner), id: port.device_id, ports: [] };
    device.ports.push(port);
    all.set(key, device);
  }
  return [...all.values()];
}

/**
 * `networks`: ids, in order. Answers `{ devices: [{ key, kind, id, ports, row, column, rows }], more: { network: count },
 * columns }`; `rows` are the rails that it is tied to.
 */
export function plan(networks, ports) {
  const rowOf = new Map(networks.map((id, row) => [id, row]));
  const taken = networks.map(() => new Set());
  const count = networks.map(() => 0);
  const more = {};
  const placed = [];
  const tied = devices(ports)
    .map((device) => ({ ...device, rows: [...new Set(device.ports.map((port) => rowOf.get(port.network_id)))].filter((row) => row !== undefined).sort((a, b) => a - b) }))
    .filter((device) => device.rows.length)
    .sort((a, b) => b.rows.length - a.rows.length || a.rows[0] - b.rows[0] || order(a) - order(b) || a.key.localeCompare(b.key));
  for (const device of tied) {
    const [first] = device.rows;
    const last = device.rows.at(-1);
    if (count[first] >= MOST) {
      more[networks[first]] = (more[networks[first]] ?? 0) + 1;
      continue;
    }
    count[first] += 1;
    let column = 0;
    const through = last > first ? last - 1 : first;
    while (range(first, through).some((row) => taken[row].has(column))) column += 1;
    range(first, through).forEach((row) => taken[row].add(column));
    placed.push({ ...device, row: first, column });
  }
  return { devices: placed, more, columns: Math.max(1, ...placed.map((device) => device.column + 1)) };
}

function order(device) {
  return ['router', 'dhcp', 'instance', 'port'].indexOf(device.kind);
}

function range(from, to) {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
