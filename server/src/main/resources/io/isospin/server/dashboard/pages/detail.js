// One document, as it is now.
import { html, useEffect } from '../core/html.js';
import { useDocument } from '../core/collection.js';
import { labelOf, nameOf, t } from '../core/language.js';
import { go, href } from '../core/router.js';
import { resource as resourceAt } from '../core/schema.js';
import { Icon } from '../ui/icon.js';
import { learn } from '../ui/name.js';
import { say } from '../ui/toast.js';
import { Live } from '../ui/table.js';
import { Trouble } from '../ui/trouble.js';
import { Status, Value } from '../ui/value.js';
import { Actions } from './actions.js';
import { AgentNetworks, NetworkAgents } from './scheduling.js';
import { List } from './list.js';
import { details, shown } from './resources.js';
import { SubnetsOf } from './subnets-of.js';
import { History } from './timeline.js';

/** `rest`: what follows the id in the path, the tab. */
export function Detail({ resource, scope, id, rest, query }) {
  const data = useDocument(resource, id);
  const { document, gone, absent, error } = data;
  const list = href([scope, resource.path]);
  useEffect(() => {
    if (document && resource.attributes.name) learn(resource.path, [document]);
  }, [document]);
  useEffect(() => {
    if (gone) {
      say(t('said.gone', { kind: nameOf(resource.member, 'one') }));
      go(list, { replace: true });
    }
  }, [gone]);
  if (error && !document) return html`<section class="page"><${Trouble} refusal=${error} again=${data.refresh} /></section>`;
  if (absent) return html`<section class="page"><${Trouble} refusal=${{ status: 404, message: t('detail.absent', { kind: nameOf(resource.member, 'one'), id }) }} /></section>`;
  if (!document) return html`<section class="page"><div class="waiting" role="status">${t('table.waiting')}</div></section>`;
  const tabs = tabsOf(resource, scope);
  const tab = tabs.find((one) => one.key === rest[0]) ?? tabs[0];
  const name = document[shown(resource).first ?? 'name'] || id;
  return html`<section class="page">
    <nav class="trail" aria-label=${t('detail.trail')}><a href=${list}>${nameOf(resource.member)}</a><${Icon} name="right" /></nav>
    <header class="head">
      <h1 class="ellipsis" title=${name}><bdi>${name}</bdi></h1>
      ${document.status && html`<${Status} value=${document.status} />`}
      <${Live} data=${data} watchable=${resource.watchable} />
      <span class="space"></span>
      <${Actions} resource=${resource} document=${document} scope=${scope} done=${() => go(list, { replace: true })} />
    </header>
    ${tabs.length > 1 && html`<nav class="tabs" aria-label=${t('detail.tabs')}>${tabs.map((one) => html`
      <a key=${one.key} href=${href([scope, resource.path, id, ...(one === tabs[0] ? [] : [one.key])])} aria-current=${one === tab ? 'page' : undefined}>${one.text}</a>`)}</nav>`}
    ${tab.show(document, { query, path: [scope, resource.path, id, tab.key] })}
  </section>`;
}

function tabsOf(resource, scope) {
  const tabs = [{ key: 'overview', text: t('detail.overview'), show: (document) => html`<${Attributes} resource=${resource} document=${document} scope=${scope} />` }];
  for (const [path, by] of shown(resource).tabs ?? []) {
    const below = resourceAt(path);
    if (below) {
      tabs.push({
        key: path,
        text: nameOf(below.member),
        show: (document, { query, path: here }) => html`<${List} key=${path + document.id} resource=${below} scope=${scope} query=${query} path=${here} fixed=${[[by, document.id]]} embedded />`,
      });
    }
  }
  if (scope === 'admin' && resource.member === 'network') {
    tabs.push({ key: 'agents', text: t('detail.dhcpAgents'), show: (document) => html`<${NetworkAgents} network=${document.id} />` });
  }
  if (scope === 'admin' && resource.member === 'agent') {
    tabs.push({ key: 'networks', text: t('detail.dhcpNetworks'), show: (document) => html`<${AgentNetworks} agent=${document} />` });
  }
  if (scope === 'admin' && resourceAt('changes')) {
    tabs.push({ key: 'history', text: t('detail.history'), show: (document) => html`<${History} key=${document.id} document=${document} port=${resource.member === 'port'} />` });
  }
  return tabs;
}

function Attributes({ resource, document, scope }) {
  return html`<dl class="attributes">
    ${details(resource).filter((name) => name in document).map((name) => html`<div key=${name} data-attribute=${name}>
      <dt>${labelOf(resource.member, name)}</dt>
      <dd>${name === 'subnets' && resource.member === 'network'
        ? html`<${SubnetsOf} ids=${document[name]} networks=${[document]} />`
        : html`<${Value} name=${name} value=${document[name]} schema=${resource.attributes[name]} scope=${scope} document=${document} />`}</dd>
    </div>`)}
  </dl>`;
}
