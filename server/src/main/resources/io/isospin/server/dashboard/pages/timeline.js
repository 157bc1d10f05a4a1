// What happens now: who did what, and what each host answered.
import { html, useMemo } from '../core/html.js';
import { useChanges } from '../core/changes.js';
import { t } from '../core/language.js';
import { go, href } from '../core/router.js';
import { resource } from '../core/schema.js';
import { Group } from '../timeline/entry.js';
import { Life } from '../timeline/life.js';
import { together, withDelays } from '../timeline/story.js';
import { Filter } from '../ui/filter.js';
import { Live } from '../ui/table.js';
import { Trouble } from '../ui/trouble.js';

export function Timeline({ query }) {
  const of = resource('changes');
  const filters = [...query].filter(([name]) => of.filters.includes(name));
  const change = (pairs) => go(href(['admin', 'timeline'], Object.fromEntries(pairs)));
  const narrow = (name, value) => change([...filters.filter(([one]) => one !== name), [name, value]]);
  const data = useChanges(filters);
  return html`<section class="page">
    <header class="head"><h1>${t('nav.timeline')}</h1><${Live} data=${data} watchable /></header>
    <div class="tools"><${Filter} resource=${of} filters=${filters} change=${change} hidden=${['id']} /></div>
    <${Happenings} data=${data} narrow=${narrow} />
  </section>`;
}

/** What happened to one document; of a port also how it came to be ACTIVE. */
export function History({ document, port }) {
  const data = useChanges([['object_id', document.id]]);
  return html`<section class="embedded">
    ${port && data.rows && !data.more && html`<${Life} entries=${data.rows} />`}
    <${Happenings} data=${data} />
  </section>`;
}

function Happenings({ data, narrow }) {
  const { rows, error, more, older, refresh } = data;
  const groups = useMemo(() => together(withDelays(rows ?? [])), [rows]);
  if (error && !rows) return html`<${Trouble} refusal=${error} again=${refresh} />`;
  if (!rows) return html`<div class="table-box"><div class="waiting" role="status">${t('table.waiting')}</div></div>`;
  if (!rows.length) return html`<div class="table-box empty"><p>${t('timeline.none')}</p></div>`;
  return html`<ol class="happenings">${groups.map((entries) => html`<${Group} key=${entries.at(-1).id} entries=${entries} narrow=${narrow} />`)}</ol>
    <footer class="foot">${more ? html`<button type="button" onClick=${older}>${t('timeline.older')}</button>` : html`<span class="faint">${t('timeline.end')}</span>`}</footer>`;
}
