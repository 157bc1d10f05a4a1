// What an id is called. Names are asked for together, once for a page of rows, and remembered for as long as it is open.
import { html, useEffect, useState } from '../core/html.js';
import { at, get, IDENTITY, NETWORKING } from '../core/api.js';
import { resource } from '../core/schema.js';
import { isAdmin, session } from '../core/session.js';

const TOGETHER = 40;
const known = new Map(); // kind -> Map of id -> name, null while it is being asked for
const waiting = new Map(); // kind -> Set of ids
const listeners = new Set();

function names(kind) {
  if (!known.has(kind)) known.set(kind, new Map());
  return known.get(kind);
}

function want(kind, id) {
  if (names(kind).has(id)) return;
  names(kind).set(id, null);
  if (!waiting.size) setTimeout(ask, 0);
  waiting.set(kind, (waiting.get(kind) ?? new Set()).add(id));
}

async function ask() {
  const all = [...waiting];
  waiting.clear();
  await Promise.all(all.map(([kind, ids]) => (kind === 'projects' ? projects([...ids]) : documents(kind, [...ids]))));
  listeners.forEach((listener) => listener());
}

/** An administrator may see all projects; others know their own. */
async function projects(ids) {
  const found = names('projects');
  (session.get().projects ?? []).forEach((one) => found.set(one.id, one.name));
  if (isAdmin() && !session.get().open && ids.some((id) => !found.get(id))) {
    try {
      const answer = await get(at(IDENTITY, 'projects'));
      answer.projects.forEach((one) => found.set(one.id, one.name));
    } catch {
      // Their ids stand for them, then.
    }
  }
}

async function documents(kind, ids) {
  const of = resource(kind);
  if (!of) return;
  for (let i = 0; i < ids.length; i += TOGETHER) {
    const some = ids.slice(i, i + TOGETHER);
    try {
      const answer = await get(at(NETWORKING, kind, [...some.map((id) => ['id', id]), ['fields', 'id'], ['fields', 'name']]));
      answer[of.key].forEach((one) => names(kind).set(one.id, one.name));
    } catch {
      // As above.
    }
  }
}

/** What a document seen elsewhere is called. */
export function learn(kind, documents_) {
  let news = false;
  for (const { id, name } of documents_) {
    news ||= names(kind).get(id) !== name;
    if (name !== undefined) names(kind).set(id, name);
  }
  if (news) listeners.forEach((listener) => listener());
}

export function nameOfId(kind, id) {
  return names(kind).get(id);
}

export function Name({ kind, id }) {
  const [, again] = useState(0);
  useEffect(() => {
    const listener = () => again((count) => count + 1);
    listeners.add(listener);
    want(kind, id);
    return () => listeners.delete(listener);
  }, [kind, id]);
  const name = names(kind).get(id);
  return name ? html`<span class="ellipsis" title=${name}><bdi>${name}</bdi></span>` : html`<span class="fixed" title=${id}>${id.slice(0, 8)}</span>`;
}
