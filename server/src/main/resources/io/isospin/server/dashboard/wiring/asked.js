// What the picture asks the API beside wirings: agents, and the ports of what is drawn or looked for.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { at, COMPUTE, get, NETWORKING } from '../core/api.js';
import { useCollection } from '../core/collection.js';
import { resource } from '../core/schema.js';

const AGENTS_EVERY = 20_000; // Agents are computed when they are asked for, so that they cannot be watched.
const TYPED = 80;
const FOUND = 200;
const INSTANCES = 50;
const FIELDS = ['id', 'name', 'network_id', 'mac_address', 'fixed_ips', 'device_id', 'device_owner', 'binding:host_id', 'status'];
const PLACE = [['fields', 'id'], ['fields', 'network_id'], ['fields', 'binding:host_id'], ['limit', FOUND]];
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MAC = /^([0-9a-f]{2}[:-]){5}[0-9a-f]{2}$/;
const ADDRESS = /^[0-9a-f]*[.:][0-9a-f.:]*$/;

/** Linux bridge agents by their hosts; of a host without one, any other that says whether the host is alive. */
export function useAgents() {
  const [agents, setAgents] = useState(new Map());
  useEffect(() => {
    const abort = new AbortController();
    const read = async () => {
      if (document.hidden) return;
      try {
        const answer = await get(at(NETWORKING, 'agents', ['host', 'agent_type', 'alive', 'configurations'].map((field) => ['fields', field])), { signal: abort.signal });
        const order = answer.agents.sort((a, b) => Number(a.agent_type === 'Linux bridge agent') - Number(b.agent_type === 'Linux bridge agent'));
        // Where nothing has changed, nothing is drawn anew.
        setAgents((before) => {
          const next = new Map(order.map((one) => [one.host, one]));
          return JSON.stringify([...before]) === JSON.stringify([...next]) ? before : next;
        });
      } catch (error) {
        // The wirings say what cannot be reached; agents are asked again.
        if (!abort.signal.aborted && error.status === undefined) throw error;
      }
    };
    read();
    const timer = setInterval(read, AGENTS_EVERY);
    return () => {
      abort.abort();
      clearInterval(timer);
    };
  }, []);
  return agents;
}

/** Ports on the drawn hosts, by id. `networks`: null for all. */
export function usePorts(hosts, networks) {
  const few = networks && networks.size <= 20 ? [...networks] : [];
  const data = useCollection(resource('ports'), {
    filters: [...hosts.map((host) => ['binding:host_id', host]), ...few.map((id) => ['network_id', id])],
    fields: FIELDS, enabled: hosts.length > 0,
  });
  return useMemo(() => new Map((data.rows ?? []).map((one) => [one.id, one])), [data.rows]);
}

function questions(focus) {
  if (focus.port) return [[['id', focus.port]]];
  const word = (focus.find ?? '').trim();
  const small = word.toLowerCase();
  if (small.length < 2) return [];
  if (UUID.test(small)) return [[['id', small]], [['device_id', small]]];
  if (MAC.test(small)) return [[['mac_address', small]]];
  // One address is in an index; a part of one is looked for in all ports.
  return [[['name', word]], ...(ADDRESS.test(small) ? ['ip_address', 'ip_address_substr'].map((key) => [['fixed_ips', `${key}=${small}`]]) : [])];
}

const portsOf = async (filters, signal) => (await get(at(NETWORKING, 'ports', [...filters, ...PLACE]), { signal })).ports;

/** Ports of instances by a part of their names; the compute service takes a pattern. */
async function ofInstances(word, signal) {
  const pattern = word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const { servers } = await get(at(COMPUTE, 'servers', [['all_tenants', 'true'], ['name', pattern], ['limit', INSTANCES]]), { signal });
  return servers.length ? portsOf(servers.map((one) => ['device_id', one.id]), signal) : [];
}

/**
 * What only the APIs know of the word: ports by name, address, MAC, id or device, and where there is a `compute` service by their
 * instances' names; each `{ id, network_id, host }`.
 */
export function usePortsFound(focus, compute) {
  const [found, setFound] = useState({ key: '', ports: [] });
  const asked = questions(focus);
  const name = compute && asked[0]?.[0][0] === 'name' ? asked[0][0][1] : '';
  const key = JSON.stringify([asked, name]);
  useEffect(() => {
    if (!asked.length) {
      setFound((before) => (before.ports.length ? { key, ports: [] } : before));
      return undefined;
    }
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      const ports = new Map();
      const keep = (more) => {
        if (abort.signal.aborted) return;
        more.forEach((one) => ports.set(one.id, { id: one.id, network_id: one.network_id, host: one['binding:host_id'] }));
        setFound((before) => (before.ports.length || ports.size ? { key, ports: [...ports.values()] } : before));
      };
      // Each is shown as it comes; what one of them does not answer, the others may.
      const answers = [...asked.map((filters) => portsOf(filters, abort.signal)), ...(name ? [ofInstances(name, abort.signal)] : [])];
      await Promise.allSettled(answers.map((answer) => answer.then((more) => (more.length ? keep(more) : undefined))));
      if (!ports.size) keep([]);
    }, focus.port ? 0 : TYPED);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [key]);
  return found.ports;
}

/** How wide there is room for, as it changes. */
export function useWidth(ready) {
  const box = useRef(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const measure = () => setWidth(Math.floor(box.current.clientWidth) - 4);
    const observer = new ResizeObserver(measure);
    observer.observe(box.current);
    measure();
    return () => observer.disconnect();
  }, [ready]);
  return [box, width];
}
