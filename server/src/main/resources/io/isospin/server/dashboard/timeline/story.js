// What entries of the change log amount to. Nothing here draws.

const SINCE = 120_000; // An answer that comes later is one to something else.

/** Entries with `after`: milliseconds since what a person last asked of the same document, on what came from a host. */
export function withDelays(entries) {
  const asked = new Map();
  const delays = new Map();
  for (const entry of entries.toReversed()) {
    const at = Date.parse(entry.created_at);
    if (entry.host === null) {
      asked.set(entry.object_id, at);
    } else if (at - asked.get(entry.object_id) <= SINCE) {
      delays.set(entry.id, at - asked.get(entry.object_id));
    }
  }
  return entries.map((entry) => ({ ...entry, after: delays.get(entry.id) }));
}

/** The entries of each request, or of each report, that follow one another, in their order. */
export function together(entries) {
  const groups = [];
  for (const entry of entries) {
    const last = groups.at(-1)?.[0];
    const same = last && (entry.request_id ? entry.request_id === last.request_id : !last.request_id && entry.host === last.host && near(entry, last));
    if (same) groups.at(-1).push(entry);
    else groups.push([entry]);
  }
  return groups;
}

function near(one, other) {
  return Math.abs(Date.parse(one.created_at) - Date.parse(other.created_at)) < 50;
}

/** Devices that an update of a wiring tells of: those that came, went, or are otherwise than they were. */
export function devices(entry) {
  const lists = entry.changed.filter((one) => one.attribute === 'interfaces');
  const before = new Set(lists.flatMap((one) => (one.before ?? []).map((device) => device.name)));
  const after = new Set(lists.flatMap((one) => (one.after ?? []).map((device) => device.name)));
  return {
    came: [...after].filter((name) => !before.has(name)),
    went: [...before].filter((name) => !after.has(name)),
    changed: [...after].filter((name) => before.has(name)),
    wrong: entry.changed.filter((one) => one.attribute === 'differences').flatMap((one) => one.after ?? []),
  };
}

/**
 * A port's way to ACTIVE out of all its entries, the newest first: `{ steps, from, to }`, times in milliseconds; null where its
 * beginning is not known any more. Steps: `{ kind, at, host, reason }` of kinds created, bound, answered, failed, active.
 */
export function life(entries) {
  const told = entries.toReversed();
  const begin = told.findIndex((one) => one.type === 'created');
  if (begin < 0) return null;
  const steps = [];
  let bound = '';
  for (const one of told.slice(begin)) {
    const at = Date.parse(one.created_at);
    const now = (name) => one.changed.find((each) => each.attribute === name)?.after;
    if (one.type === 'created') steps.push({ kind: 'created', at });
    const host = now('binding:host_id');
    if (host !== undefined && host !== bound) {
      bound = host;
      if (host) steps.push({ kind: 'bound', at, host });
    }
    if (one.report) steps.push({ kind: one.report.up ? 'answered' : 'failed', at, host: one.host, entity: one.report.entity, reason: one.report.reason });
    else if (one.host && now('status') && now('status') !== 'ACTIVE') steps.push({ kind: now('status') === 'DOWN' ? 'lost' : 'answered', at, host: one.host });
    if (now('status') === 'ACTIVE') {
      steps.push({ kind: 'active', at, host: one.host });
      break;
    }
  }
  return { steps, from: steps[0].at, to: steps.at(-1).at };
}
