// A collection, for a project or for all of them.
import { html, useEffect, useMemo, useState } from '../core/html.js';
import { useCollection } from '../core/collection.js';
import { labelOf, nameOf, t } from '../core/language.js';
import { prefer, preferences } from '../core/preferences.js';
import { go, href } from '../core/router.js';
import { session } from '../core/session.js';
import { useStore } from '../core/store.js';
import { Filter } from '../ui/filter.js';
import { Icon } from '../ui/icon.js';
import { learn } from '../ui/name.js';
import { Live, Pager, Table } from '../ui/table.js';
import { Value } from '../ui/value.js';
import { Actions } from './actions.js';
import { Create } from './create.js';
import { Remove } from './remove.js';
import { columns as columnsOf, shown } from './resources.js';
import { SubnetsOf } from './subnets-of.js';

const SIZES = [20, 50, 100, 200];
const OWN = new Set(['sort', 'dir', 'marker', 'reverse', 'view']);

/** Whose documents a project's page shows: its own, or what is shared with it. */
function viewsOf(resource, scope, open) {
  if (scope === 'admin' || open || !resource.filters.includes('project_id')) return [];
  return ['own', ...(resource.filters.includes('shared') ? ['shared'] : []), ...(resource.filters.includes('router:external') ? ['external'] : [])];
}

function narrowed(view, project) {
  if (view === 'own') return [['project_id', project.id]];
  if (view === 'shared') return [['shared', 'true']];
  return view === 'external' ? [['router:external', 'true']] : [];
}

export function List({ resource, scope, query, path, fixed = [], embedded = false }) {
  const { project, open } = useStore(session);
  const { pageSize } = useStore(preferences);
  const [chosen, setChosen] = useState(new Set());
  const [dialog, setDialog] = useState(null);
  const views = fixed.length ? [] : viewsOf(resource, scope, open);
  const view = views.includes(query.get('view')) ? query.get('view') : views[0];
  const names = columnsOf(resource, scope).filter((name) => !fixed.some(([one]) => one === name));
  const filters = [...query].filter(([name]) => resource.filters.includes(name) && !OWN.has(name));
  const page = { sort: query.get('sort') ?? shown(resource).sort ?? (resource.sortable.has('name') ? 'name' : undefined), dir: query.get('dir') ?? undefined, marker: query.get('marker') ?? undefined, reverse: query.get('reverse') ?? undefined, limit: pageSize };
  const fields = useMemo(() => [...new Set(['id', ...names, ...(resource.attributes.name ? ['name'] : [])])], [resource, scope]);
  const data = useCollection(resource, { filters: [...fixed, ...narrowed(view, project), ...filters], page, fields });
  const { rows } = data;

  useEffect(() => {
    if (!rows) return;
    if (resource.attributes.name) learn(resource.path, rows);
    setChosen((before) => new Set([...before].filter((id) => rows.some((row) => row.id === id))));
    // A page that was emptied while one looked at it leads back to the first.
    if (!rows.length && page.marker) move({});
  }, [rows]);

  const to = (change) => go(href(path, { ...Object.fromEntries(query), marker: undefined, reverse: undefined, ...change }));
  const move = (place) => to({ marker: place.marker, reverse: place.reverse });
  const filter = (pairs) => go(href(path, { view: query.get('view'), sort: page.sort, dir: page.dir, ...Object.fromEntries(pairs) }));
  const columns = names.map((name, index) => ({
    name,
    label: labelOf(resource.member, name),
    sort: resource.sortable.has(name),
    minor: index > 1 && name !== 'status' && name !== 'alive',
    cell: (row) => (index === 0 ? first(resource, scope, row, name)
      : name === 'subnets' && resource.member === 'network' ? html`<${SubnetsOf} ids=${row.subnets} networks=${rows} />`
        : html`<${Value} name=${name} value=${row[name]} schema=${resource.attributes[name]} scope=${scope} document=${row} />`),
  }));
  const title = nameOf(resource.member);
  const canCreate = resource.create && (!fixed.length || resource.create.properties[fixed[0][0]]);
  return html`<section class=${embedded ? 'embedded' : 'page'}>
    <header class="head">
      ${embedded ? html`<h2 class="hidden">${title}</h2>` : html`<h1>${title}</h1>`}
      <${Live} data=${data} watchable=${resource.watchable} />
      <span class="space"></span>
      ${chosen.size > 0 && html`<button type="button" class="danger" onClick=${() => setDialog('remove')}>${t('action.deleteChosen', { count: chosen.size })}</button>`}
      ${canCreate && html`<button type="button" class="primary" onClick=${() => setDialog('create')}><${Icon} name="plus" />${t('action.create', { name: nameOf(resource.member, 'one') })}</button>`}
    </header>
    <div class="tools">
      ${views.length > 1 && html`<div class="views" role="group" aria-label=${t('view.label')}>${views.map((one) => html`
        <button type="button" key=${one} aria-pressed=${String(one === view)} onClick=${() => to({ view: one === views[0] ? undefined : one })}>${t(`view.${one}`)}</button>`)}</div>`}
      <${Filter} resource=${resource} filters=${filters} change=${filter} hidden=${fixed.map(([name]) => name)} />
    </div>
    <${Table} caption=${title} columns=${columns} data=${data} order=${page} sortBy=${(sort, dir) => to({ sort, dir })}
      chosen=${resource.deletable ? chosen : null} choose=${setChosen}
      actions=${(row) => html`<${Actions} resource=${resource} document=${row} scope=${scope} />`}
      empty=${html`<p>${t(filters.length ? 'table.noneFound' : 'table.none', { name: title })}</p>`} />
    ${rows && (rows.length >= SIZES[0] || data.next || data.previous) && html`<footer class="foot">
      <label class="sizes">${t('table.size')} <select value=${pageSize} onChange=${(event) => { prefer({ pageSize: Number(event.target.value) }); move({}); }}>
        ${SIZES.map((size) => html`<option value=${size} key=${size}>${size}</option>`)}</select></label>
      <${Pager} data=${data} move=${move} />
    </footer>`}
    ${dialog === 'create' && html`<${Create} resource=${resource} scope=${scope} initial=${Object.fromEntries(fixed)} close=${() => setDialog(null)} />`}
    ${dialog === 'remove' && html`<${Remove} resource=${resource} documents=${rows.filter((row) => chosen.has(row.id))} close=${() => setDialog(null)} />`}
  </section>`;
}

function first(resource, scope, row, name) {
  const text = (name !== 'id' && row[name]) || row.name || `(${row.id.slice(0, 13)})`;
  return html`<a class="ellipsis" title=${text} href=${href([scope, resource.path, row.id])}><bdi>${text}</bdi></a>`;
}
