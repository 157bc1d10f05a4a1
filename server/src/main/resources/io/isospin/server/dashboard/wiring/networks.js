// What networks look like in the picture: what they are called, and the order in which they stand on every host.
const KINDS = ['flat', 'vlan', 'vxlan'];

/** `face(id)`: `{ name, detail, short }`; `words(id)`: what it is found by, in small letters; `order(ids)`. `rows`: networks' documents. */
export function facesOf(rows, t) {
  const all = new Map(rows.map((one) => [one.id, one]));
  const short = (one) => {
    const number = one['provider:segmentation_id'];
    const kind = one['provider:network_type'];
    return kind === 'vlan' ? t('wiring.vlan', { number }) : kind === 'vxlan' ? `VNI ${number}` : kind ?? '';
  };
  const detail = (one) => [short(one), one['provider:physical_network']].filter(Boolean).join(' · ');
  const face = (id) => {
    const one = all.get(id);
    return { name: one?.name || id.slice(0, 8), detail: one ? detail(one) : '', short: one ? short(one) : '' };
  };
  const texts = new Map();
  const words = (id) => {
    if (!texts.has(id)) texts.set(id, [id, all.get(id)?.name, all.has(id) ? detail(all.get(id)) : ''].join('\n').toLowerCase());
    return texts.get(id);
  };
  const place = (id) => {
    const one = all.get(id);
    const kind = KINDS.indexOf(one?.['provider:network_type']);
    return [kind < 0 ? KINDS.length : kind, one?.['provider:segmentation_id'] ?? 0, one?.name ?? '', id];
  };
  const order = (ids) => ids.map((id) => [id, place(id)]).sort(([, a], [, b]) => a[0] - b[0] || a[1] - b[1] || a[2].localeCompare(b[2]) || a[3].localeCompare(b[3])).map(([id]) => id);
  return { face, words, order };
}
