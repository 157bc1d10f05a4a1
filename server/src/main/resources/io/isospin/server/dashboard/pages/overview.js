// A project at a glance: how much of its quotas is used, and what it has.
import { html, useEffect, useState } from '../core/html.js';
import { at, get, NETWORKING } from '../core/api.js';
import { useCollection } from '../core/collection.js';
import { nameOf, t } from '../core/language.js';
import { href } from '../core/router.js';
import { resource, resourceOf } from '../core/schema.js';
import { session } from '../core/session.js';
import { useStore } from '../core/store.js';
import { Gauge } from '../ui/gauge.js';
import { Trouble } from '../ui/trouble.js';

/** Read again whenever one of the project's networks or ports changes. */
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

export function Overview() {
  const { project, open } = useStore(session);
  const id = open ? 'default' : project.id;
  const { quota, error, load } = useQuota(id);
  const ports = useCollection(resource('ports'), { filters: open ? [] : [['project_id', id]], fields: ['id'], page: { limit: 1 } });
  const networks = useCollection(resource('networks'), { filters: open ? [] : [['project_id', id]], fields: ['id', 'subnets'], page: { limit: 1 } });
  useEffect(() => {
    if (quota) load();
  }, [ports.rows, networks.rows]);
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
