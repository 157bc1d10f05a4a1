// The dashboard: starts, and shows the page that the address names.
import { html, render, useEffect } from './core/html.js';
import { language, t, useLanguage } from './core/language.js';
import { applyTheme } from './core/preferences.js';
import { go, href, route } from './core/router.js';
import { loadSchema, resource } from './core/schema.js';
import { isAdmin, resume, session } from './core/session.js';
import { useStore } from './core/store.js';
import { Frame } from './ui/frame.js';
import { Toasts } from './ui/toast.js';
import { Trouble } from './ui/trouble.js';
import { Detail } from './pages/detail.js';
import { Availability } from './pages/availability.js';
import { Instances } from './pages/instances.js';
import { List } from './pages/list.js';
import { Overview } from './pages/overview.js';
import { loadProjects } from './pages/project-options.js';
import { Quotas } from './pages/quotas.js';
import { SignIn, SignInAgain } from './pages/sign-in.js';
import { Timeline } from './pages/timeline.js';
import { Topology } from './pages/topology.js';
import { Wiring } from './pages/wiring.js';

/** Pages of their own, by scope and name; every other name is a collection's. */
const PAGES = {
  'project/overview': Overview,
  'project/topology': Topology,
  'project/instances': Instances,
  'admin/wiring': Wiring,
  'admin/availability': Availability,
  'admin/quotas': Quotas,
  'admin/timeline': Timeline,
};

function Page() {
  const { path, query } = useStore(route);
  const { project } = useStore(session);
  const [scope, name, id, ...rest] = path;
  const Own = PAGES[`${scope}/${name}`];
  const of = name && resource(name);
  useEffect(() => {
    const title = document.querySelector('main h1')?.textContent;
    document.title = title ? `${title} – Isospin` : 'Isospin';
  });
  if (!name) {
    go(href(['project', 'networks']), { replace: true });
    return null;
  }
  if (scope === 'admin' && !isAdmin()) return html`<section class="page"><${Trouble} refusal=${{ status: 403, message: t('trouble.admin') }} /></section>`;
  if (Own) return html`<${Own} key=${project.id} scope=${scope} id=${id} rest=${rest} query=${query} />`;
  if (!of) return html`<section class="page"><${Trouble} refusal=${{ status: 404, message: t('trouble.page') }} /></section>`;
  return id
    ? html`<${Detail} key=${scope + of.path + id} resource=${of} scope=${scope} id=${id} rest=${rest} query=${query} />`
    : html`<${List} key=${scope + of.path + project.id} resource=${of} scope=${scope} query=${query} path=${path} />`;
}

function App() {
  const { state, refusal, epoch } = useStore(session);
  useStore(language);
  useEffect(() => {
    if (state === 'in') loadProjects();
  }, [state, epoch]);
  if (state === 'unknown') return null;
  if (state === 'unreachable') return html`<main class="gate" id="main"><div class="card"><${Trouble} refusal=${refusal} again=${() => resume()} /></div></main>`;
  if (state === 'out') return html`<${SignIn} /><${Toasts} />`;
  return html`<${Frame}><${Page} /></${Frame}><${Toasts} />${state === 'expired' && html`<${SignInAgain} />`}`;
}

async function start() {
  applyTheme();
  try {
    await Promise.all([useLanguage(), loadSchema(), resume()]);
  } catch (refusal) {
    session.set({ ...session.get(), state: 'unreachable', refusal });
  }
  render(html`<${App} />`, document.getElementById('app'));
}

start();
