// What lies on one way with a thing: up to the fabric, down to all that hangs on it, and its network on every other host.

/** Keys of all shapes that light up with the one of this key. */
export function pathOf({ shapes, links }, key) {
  const above = new Map();
  const below = new Map();
  for (const { from, to } of links) {
    above.set(to, [...(above.get(to) ?? []), from]);
    below.set(from, [...(below.get(from) ?? []), to]);
  }
  const lit = new Set();
  const climb = (from) => walk(from, above);
  const fall = (from) => walk(from, below);
  function walk(from, way) {
    const waiting = [from];
    const seen = new Set(waiting);
    while (waiting.length) {
      const one = waiting.pop();
      lit.add(one);
      for (const next of way.get(one) ?? []) {
        if (seen.has(next)) continue;
        seen.add(next);
        waiting.push(next);
      }
    }
  }
  const shape = shapes.find((one) => one.key === key);
  if (!shape) return lit;
  const of = shape.about ?? key;
  lit.add(key);
  climb(of);
  fall(of);
  const all = shape.type === 'title';
  if (shape.net) {
    for (const other of shapes) {
      if (other.net !== shape.net) continue;
      if (other.type === 'title') lit.add(other.key);
      if (other.role === 'bridge' || other.role === 'vlan' || other.role === 'vxlan') climb(other.key);
      if (all || shape.role === 'bridge' || shape.role === 'vlan' || shape.role === 'vxlan') lit.add(other.key);
    }
  }
  // What belongs to a thing without a line: a difference and its device, a namespace's wall and what stands inside.
  for (const other of shapes) {
    if (other.about && lit.has(other.about)) lit.add(other.key);
    if (other.role === 'inside' && lit.has(other.key)) lit.add(other.within);
  }
  for (const other of shapes) if (other.within && lit.has(other.within)) lit.add(other.key);
  return lit;
}

export function linkLit(lit, link) {
  return lit.has(link.from) && lit.has(link.to);
}
