// A network's subnets in a list of networks, asked for together for all networks on the page.
import { html, useEffect, useState } from '../core/html.js';
import { at, get, NETWORKING } from '../core/api.js';
import { href, route } from '../core/router.js';

const TOGETHER = 40;
const known = new Map();
let pending = '';
const listeners = new Set();

async function ask(ids) {
  for (let i = 0; i < ids.length; i += TOGETHER) {
    const some = ids.slice(i, i + TOGETHER).map((id) => ['id', id]);
    const answer = await get(at(NETWORKING, 'subnets', [...some, ['fields', 'id'], ['fields', 'name'], ['fields', 'cidr']]));
    answer.subnets.forEach((subnet) => known.set(subnet.id, subnet));
  }
  listeners.forEach((listener) => listener());
}

export function SubnetsOf({ ids = [], networks }) {
  const [, again] = useState(0);
  const missing = networks.flatMap((network) => network.subnets ?? []).filter((id) => !known.has(id));
  const key = missing.join();
  useEffect(() => {
    const listener = () => again((count) => count + 1);
    listeners.add(listener);
    if (key && key !== pending) {
      pending = key;
      ask(missing).catch(() => {}).finally(() => { pending = ''; }); // Without their names the list is still a list.
    }
    return () => listeners.delete(listener);
  }, [key]);
  if (!ids.length) return html`<span class="faint">–</span>`;
  return html`<span class="lines">${ids.map((id) => {
    const subnet = known.get(id);
    return html`<a key=${id} href=${href([route.get().path[0], 'subnets', id])}>
      <span class="fixed">${subnet?.cidr ?? id.slice(0, 8)}</span>${subnet?.name && html` <bdi title=${subnet.name}>${subnet.name}</bdi>`}</a>`;
  })}</span>`;
}
