// A table whose order, filters and pages are the server's. The views around it say which columns there are.
import { html } from '../core/html.js';
import { t } from '../core/language.js';
import { Icon } from './icon.js';
import { Trouble } from './trouble.js';

/**
 * `columns`: `{ name, label, sort, cell(row), minor }`, the first of them naming the row. `data`: of useCollection.
 * `order`: `{ sort, dir }`; `chosen`: a Set of ids, with `choose(ids)`; null where none can be chosen.
 */
export function Table({ caption, columns, data, order = {}, sortBy, chosen, choose, actions, empty }) {
  const { rows, error, loading, refresh } = data;
  if (error && !rows) return html`<${Trouble} refusal=${error} again=${refresh} />`;
  if (!rows) return html`<div class="table-box"><div class="waiting" role="status">${t('table.waiting')}</div></div>`;
  if (!rows.length) return html`<div class="table-box empty">${empty ?? html`<p>${t('table.empty')}</p>`}</div>`;
  const all = chosen && rows.every((row) => chosen.has(row.id));
  const toggle = (id) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    choose(next);
  };
  return html`<div class="table-box" role="region" aria-label=${caption} tabindex="0" aria-busy=${String(Boolean(loading))}>
    <table>
      <caption class="hidden">${caption}</caption>
      <thead><tr>
        ${chosen && html`<th class="tick"><input type="checkbox" aria-label=${t('table.chooseAll')} checked=${all} onChange=${() => choose(new Set(all ? [] : rows.map((row) => row.id)))} /></th>`}
        ${columns.map((column) => html`<${Head} key=${column.name} column=${column} order=${order} sortBy=${sortBy} />`)}
        ${actions && html`<th class="act"><span class="hidden">${t('table.actions')}</span></th>`}
      </tr></thead>
      <tbody>
        ${rows.map((row) => html`<tr key=${row.id} data-id=${row.id} class=${chosen?.has(row.id) ? 'chosen' : ''}>
          ${chosen && html`<td class="tick"><input type="checkbox" aria-label=${t('table.choose', { name: row.name || row.id })} checked=${chosen.has(row.id)} onChange=${() => toggle(row.id)} /></td>`}
          ${columns.map((column, index) => (index === 0
            ? html`<th scope="row" key=${column.name}>${column.cell(row)}</th>`
            : html`<td key=${column.name} class=${column.minor ? 'minor' : ''}>${column.cell(row)}</td>`))}
          ${actions && html`<td class="act">${actions(row)}</td>`}
        </tr>`)}
      </tbody>
    </table>
  </div>`;
}

function Head({ column, order, sortBy }) {
  const classes = column.minor ? 'minor' : '';
  if (!column.sort) return html`<th scope="col" class=${classes}>${column.label}</th>`;
  const now = order.sort === column.name;
  const down = now && order.dir === 'desc';
  return html`<th scope="col" class=${classes} aria-sort=${now ? (down ? 'descending' : 'ascending') : 'none'}>
    <button type="button" onClick=${() => sortBy(column.name, now && !down ? 'desc' : 'asc')}>
      ${column.label}<span class=${now ? 'order' : 'order none'}><${Icon} name=${down ? 'down' : 'up'} /></span>
    </button>
  </th>`;
}

export function Pager({ data, move }) {
  const { next, previous, rows } = data;
  if (!rows || (!next && !previous)) return null;
  return html`<nav class="pager" aria-label=${t('table.pages')}>
    <button type="button" disabled=${!previous} onClick=${() => move(previous)}><${Icon} name="left" />${t('table.previous')}</button>
    <button type="button" disabled=${!next} onClick=${() => move(next)}>${t('table.next')}<${Icon} name="right" /></button>
  </nav>`;
}

/** Whether what is shown follows the server. */
export function Live({ data, watchable }) {
  if (!watchable) {
    return html`<button type="button" class="plain small" onClick=${data.refresh}><${Icon} name="refresh" />${t('action.refresh')}</button>`;
  }
  return html`<span class=${data.live ? 'live on' : 'live'} role="status">${t(data.live ? 'table.live' : 'table.still')}</span>`;
}
