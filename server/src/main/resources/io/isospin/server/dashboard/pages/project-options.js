// The projects that an administrator may make something for.
import { at, get, IDENTITY } from '../core/api.js';
import { isAdmin, session } from '../core/session.js';
import { store } from '../core/store.js';

export const allProjects = store(null);

export async function loadProjects() {
  const { open, projects } = session.get();
  if (open || !isAdmin()) return;
  try {
    allProjects.set((await get(at(IDENTITY, 'projects'))).projects);
  } catch {
    allProjects.set(projects); // A policy of Keystone's own may keep them from an administrator of Networking.
  }
}

/** For a form's field, `more` before them; without a list of projects it stays a text. */
export function projectOptions(...more) {
  const all = allProjects.get() ?? session.get().projects ?? [];
  // A tenant may name a project that Keystone does not list to it.
  return all.length && (isAdmin() || !more.length) ? { options: [...more, ...all.map((one) => [one.id, one.name])] } : {};
}
