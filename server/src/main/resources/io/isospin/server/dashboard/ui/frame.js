// What stands around every page: where one can go, for which project, and who one is.
import { html, useEffect, useState } from '../core/html.js';
import { t, LANGUAGES, language, useLanguage } from '../core/language.js';
import { applyTheme, prefer, preferences } from '../core/preferences.js';
import { href, route } from '../core/router.js';
import { changeProject, isAdmin, session, signOut } from '../core/session.js';
import { useStore } from '../core/store.js';
import { navigation } from '../pages/navigation.js';
import { Icon } from './icon.js';
import { Menu } from './menu.js';
import { say } from './toast.js';

export function Frame({ children }) {
  const [open, setOpen] = useState(false);
  const where = useStore(route);
  useEffect(() => setOpen(false), [where]);
  const skip = (event) => {
    event.preventDefault();
    document.getElementById('main').focus();
  };
  return html`<div class=${open ? 'frame open' : 'frame'}>
    <a class="skip" href="#main" onClick=${skip}>${t('frame.skip')}</a>
    <header class="top">
      <button type="button" class="plain burger" aria-label=${t('frame.menu')} aria-expanded=${String(open)} onClick=${() => setOpen(!open)}>
        <${Icon} name="menu" />
      </button>
      <a class="brand" href=${href(['project', 'overview'])}><span class="mark" aria-hidden="true"></span>Isospin</a>
      <${Projects} />
      <span class="space"></span>
      <${Languages} />
      <${Themes} />
      <${Person} />
    </header>
    <${Navigation} here=${where.path} />
    <div class="veil" onClick=${() => setOpen(false)}></div>
    <main id="main" tabindex="-1">${children}</main>
  </div>`;
}

function Navigation({ here }) {
  const { sections } = navigation(isAdmin());
  return html`<nav class="side" aria-label=${t('frame.navigation')}>
    ${sections.map((section) => html`<section key=${section.key}>
      <h2>${t(`nav.${section.key}`)}</h2>
      <ul>${section.entries.map((entry) => {
        const current = here[0] === entry.path[0] && here[1] === entry.path[1];
        return html`<li key=${entry.path.join('/')}>
          <a href=${href(entry.path)} aria-current=${current ? 'page' : undefined}><${Icon} name=${entry.icon} />${entry.text}</a>
        </li>`;
      })}</ul>
    </section>`)}
  </nav>`;
}

function Projects() {
  const { open, project, projects } = useStore(session);
  if (open) return html`<span class="notice" title=${t('frame.open.help')}>${t('frame.open')}</span>`;
  const change = async (id) => {
    try {
      await changeProject(id);
    } catch (refusal) {
      say(refusal.message, 'fault');
    }
  };
  return html`<${Menu} label=${t('frame.project', { name: project.name })} align="start" plain=${false}
    face=${html`<span class="ellipsis"><bdi>${project.name}</bdi></span><${Icon} name="down" />`}
    items=${projects.map((one) => ({ text: one.name, chosen: one.id === project.id, act: () => change(one.id) }))} />`;
}

function Languages() {
  const { code } = useStore(language);
  const choose = (to) => {
    prefer({ language: to });
    useLanguage();
  };
  return html`<${Menu} label=${t('frame.language')} face=${html`<span class="code">${code.toUpperCase()}</span>`}
    items=${Object.entries(LANGUAGES).map(([to, text]) => ({ text, lang: to, chosen: to === code, act: () => choose(to) }))} />`;
}

function Themes() {
  const { theme } = useStore(preferences);
  const choose = (to) => {
    prefer({ theme: to });
    applyTheme();
  };
  return html`<${Menu} label=${t('frame.theme')} face=${html`<${Icon} name=${{ light: 'sun', dark: 'moon' }[theme] ?? 'system'} />`}
    items=${['system', 'light', 'dark'].map((to) => ({ text: t(`theme.${to}`), chosen: to === theme, act: () => choose(to) }))} />`;
}

function Person() {
  const { open, user } = useStore(session);
  if (open) return null;
  const out = () => signOut().catch((refusal) => say(t('trouble.unreachable', { what: refusal.message }), 'fault'));
  return html`<${Menu} label=${t('frame.user', { name: user.name })} face=${html`<${Icon} name="user" /><span class="wide-only ellipsis"><bdi>${user.name}</bdi></span>`}
    items=${[{ text: t('action.signOut'), act: out }]} />`;
}
