// Who is signed in, to which project. What is kept here is what Keystone says of the token, never the token.
import { at, get, IDENTITY, now, onUnauthorized, send } from './api.js';
import { prefer, preferences } from './preferences.js';
import { store } from './store.js';

const OPEN = document.querySelector('meta[name=isospin-identity]').content === 'none';

/**
 * `state`: `unknown`, `out`, `in`, `expired` (was in: the page stays), or `unreachable` with a `refusal`.
 * `epoch` counts sign-ins and changes of project: what was read before is read again.
 */
export const session = store({ state: 'unknown', epoch: 0 });

let ending;

onUnauthorized((refusal) => {
  const before = session.get();
  if (before.state === 'in') session.set({ ...before, state: 'expired' });
  return refusal;
});

/** Whether a token is there already. */
export async function resume() {
  if (OPEN) {
    session.set({ state: 'in', open: true, project: { id: '', name: '' }, projects: [], roles: ['admin'], services: [], epoch: 1 });
    return;
  }
  try {
    const { token } = await get(at(IDENTITY, 'auth/tokens'));
    await enter(token);
  } catch (refusal) {
    if (refusal.status === 401 || refusal.status === 404) session.set({ ...session.get(), state: 'out' });
    else session.set({ ...session.get(), state: 'unreachable', refusal });
  }
}

/** Signs in to the project of last time, or the first that there is. */
export async function signIn({ user, password, domain }) {
  await send('POST', at(IDENTITY, 'auth/tokens'), {
    auth: {
      identity: { methods: ['password'], password: { user: { name: user, password, domain: { name: domain } } } },
      scope: 'unscoped',
    },
  });
  const { projects } = await get(at(IDENTITY, 'auth/projects'));
  const before = session.get().project?.id ?? preferences.get().project;
  const project = projects.find((one) => one.id === before) ?? projects[0];
  if (!project) {
    await forget();
    throw Object.assign(new Error('no project'), { status: 403, type: 'NoProject' });
  }
  await enter(await scoped(project.id), projects);
}

export async function changeProject(id) {
  const before = session.get().projects;
  await enter(await scoped(id), before);
}

async function scoped(project) {
  const { token } = await send('POST', at(IDENTITY, 'auth/tokens'), {
    auth: { identity: { methods: ['token'] }, scope: { project: { id: project } } },
  });
  return token;
}

async function enter(token, projects) {
  if (!token.project) {
    await forget();
    return;
  }
  const before = session.get().user;
  if (before && before.id !== token.user.id) {
    location.reload();
    return;
  }
  const all = projects ?? (await get(at(IDENTITY, 'auth/projects'))).projects;
  prefer({ project: token.project.id });
  clearTimeout(ending);
  ending = setTimeout(() => session.set({ ...session.get(), state: 'expired' }),
    Math.min(Date.parse(token.expires_at) - now(), 2 ** 31 - 1));
  session.set({
    state: 'in',
    user: token.user,
    project: token.project,
    roles: token.roles.map((role) => role.name.toLowerCase()),
    services: (token.catalog ?? []).map((service) => service.type),
    projects: all.filter((one) => one.enabled !== false).sort((a, b) => a.name.localeCompare(b.name)),
    epoch: session.get().epoch + 1,
  });
}

/** What was read for one user is not kept for the next. */
export async function signOut() {
  await forget();
  location.reload();
}

async function forget() {
  clearTimeout(ending);
  try {
    await send('DELETE', at(IDENTITY, 'auth/tokens'));
  } catch (refusal) {
    // The cookie is gone in any case; a token that Keystone does not know is no loss.
    if (refusal.status === 0) throw refusal;
  }
  session.set({ state: 'out', epoch: session.get().epoch });
}

export function isAdmin(of = session.get()) {
  return of.roles?.includes('admin') ?? false;
}
