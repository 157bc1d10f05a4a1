// A project at a glance: how much of its quotas is used, and what it has.
import { html, useEffect, useRef, useState } from '../core/html.js';
import { at, get, NETWORKING } from '../core/api.js';
import { useCollection } from '../core/collection.js';
import { nameOf, t } from '../core/language.js';
import { href } from '../core/router.js';
import { resource, resourceOf } from '../core/schema.js';
import { session } from '../core/session.js';
import { useStore } from '../core/store.js';
import { Gauge } from '../ui/gauge.js';
import { Trouble } from '../ui/trouble.js';

const SOON = 150;

export function useQuota(project) {
  const [quota, setQuota] = useState(null);
  const [error, setError] = useState(null);
  const load = () => get(at(NETWORKING, `quotas/${project}/details`)).then((answer) => setQuota(answer.quota)).catch(setError);
  useEffect(() => {
    setQuota(null);
    setError(null);
    if (project) load();
  }, [project]);
  return { quota, error, load };
}

/** Read again whenever one of the project's networks, with its subnets, or ports comes or goes. */
export function Overview() {
  const { project, open } = useStore(session);
  const id = open ? 'default' : project.id;
  const { quota, error, load } = useQuota(id);
  const timer = useRef(0);
  const heard = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(load, SOON);
  };
  const following = { filters: open ? [] : [['project_id', id]], page: { limit: 1 }, heard };
  useCollection(resource('ports'), { ...following, fields: ['id'] });
  useCollection(resource('networks'), { ...following, fields: ['id', 'subnets'] });
  return html`<section class="page">
    <header class="head"><h1>${t('nav.overview')}</h1></header>
    ${error ? html`<${Trouble} refusal=${error} />` : html`<h2>${t('quota.title')}</h2><${Gauges} quota=${quota} />`}
  </section>`;
}

export function Gauges({ quota }) {
  if (!quota) return html`<div class="waiting" role="status">${t('table.waiting')}</div>`;
  return html`<div class="gauges">${Object.entries(quota).map(([member, { used, limit }]) => {
    const of = resourceOf(member);
    const gauge = html`<${Gauge} label=${nameOf(member)} used=${used} limit=${limit} />`;
    return of ? html`<a key=${member} href=${href(['project', of.path])}>${gauge}</a>` : html`<div key=${member}>${gauge}</div>`;
  })}</div>`;
}
