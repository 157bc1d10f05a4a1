// A project's instances, of the compute service that the catalogue names. That has no watch: they are asked for again when
// their ports change, as Networking tells, and while one of them is on its way to another state.
import { html, useEffect, useState } from '../core/html.js';
import { at, COMPUTE, get, send } from '../core/api.js';
import { useCollection } from '../core/collection.js';
import { t } from '../core/language.js';
import { go, href } from '../core/router.js';
import { resource } from '../core/schema.js';
import { session } from '../core/session.js';
import { useStore } from '../core/store.js';
import { Dialog } from '../ui/dialog.js';
import { Icon } from '../ui/icon.js';
import { Menu } from '../ui/menu.js';
import { Table } from '../ui/table.js';
import { say } from '../ui/toast.js';
import { textOf, Trouble } from '../ui/trouble.js';
import { Status, Time } from '../ui/value.js';
import { Attach, Boot } from './instance-forms.js';

const ON_ITS_WAY = 1000;

function addresses(server) {
  return Object.entries(server.addresses ?? {}).flatMap(([network, all]) => all.map((one) => ({ network, address: one.addr })));
}

/** The project's ports on instances: what changes here changed there. */
function usePorts(project, device) {
  return useCollection(resource('ports'), {
    filters: device ? [['device_id', device]] : [['project_id', project]],
    fields: ['id', 'name', 'network_id', 'fixed_ips', 'mac_address', 'status', 'device_id', 'device_owner'],
    page: { limit: 200 },
  });
}

function useServers(path, key, ports) {
  const [shown, setShown] = useState({ rows: null, error: null });
  const [turn, setTurn] = useState(0);
  const refresh = () => setTurn((count) => count + 1);
  useEffect(() => {
    const abort = new AbortController();
    get(at(COMPUTE, path), { signal: abort.signal })
      .then((answer) => setShown({ rows: answer[key], error: null }))
      .catch((error) => abort.signal.aborted || setShown((before) => ({ ...before, error })));
    return () => abort.abort();
  }, [path, turn, ports]);
  const busy = [shown.rows ?? []].flat().some((one) => one.status === 'BUILD' || one['OS-EXT-STS:task_state']);
  useEffect(() => {
    const timer = busy && !document.hidden && setTimeout(refresh, ON_ITS_WAY);
    return () => clearTimeout(timer);
  }, [shown]);
  return { ...shown, refresh };
}

export function Instances(props) {
  return props.id ? html`<${Instance} ...${props} key=${props.id} />` : html`<${All} />`;
}

function All() {
  const { project } = useStore(session);
  const ports = usePorts(project.id);
  const data = useServers('servers/detail', 'servers', ports.rows);
  const [booting, setBooting] = useState(false);
  const columns = [
    { name: 'name', label: t('label.name'), cell: (row) => html`<a class="ellipsis" title=${row.name} href=${href(['project', 'instances', row.id])}><bdi>${row.name}</bdi></a>` },
    { name: 'addresses', label: t('label.fixed_ips'), cell: (row) => html`<span class="lines fixed">${addresses(row).map((one) => html`<span key=${one.address}>${one.address}</span>`)}</span>` },
    { name: 'status', label: t('label.status'), cell: (row) => html`<${Status} value=${row.status} />` },
    { name: 'host', label: t('label.host'), minor: true, cell: (row) => row['OS-EXT-SRV-ATTR:host'] ?? html`<span class="faint">–</span>` },
    { name: 'created', label: t('label.created_at'), minor: true, cell: (row) => html`<${Time} value=${row.created} />` },
  ];
  return html`<section class="page">
    <header class="head"><h1>${t('nav.instances')}</h1>
      <button type="button" class="plain small" onClick=${data.refresh}><${Icon} name="refresh" />${t('action.refresh')}</button>
      <span class="space"></span>
      <button type="button" class="primary" onClick=${() => setBooting(true)}><${Icon} name="plus" />${t('instance.boot')}</button></header>
    <${Table} caption=${t('nav.instances')} columns=${columns} data=${data} empty=${html`<p>${t('table.none', { name: t('nav.instances') })}</p>`}
      actions=${(row) => html`<${Acts} server=${row} then=${data.refresh} />`} />
    ${booting && html`<${Boot} close=${() => { setBooting(false); data.refresh(); }} />`}
  </section>`;
}

function Acts({ server, then }) {
  const [asking, setAsking] = useState(false);
  const act = (body) => send('POST', at(COMPUTE, `servers/${server.id}/action`), body).then(then, (refusal) => say(textOf(refusal), 'fault'));
  return html`<${Menu} label=${t('action.of', { name: server.name })} face=${html`<${Icon} name="more" />`} items=${[
    server.status === 'ACTIVE' && { text: t('instance.stop'), act: () => act({ 'os-stop': null }) },
    server.status === 'SHUTOFF' && { text: t('instance.start'), act: () => act({ 'os-start': null }) },
    server.status === 'ACTIVE' && { text: t('instance.reboot'), act: () => act({ reboot: { type: 'SOFT' } }) },
    { text: t('action.delete'), danger: true, act: () => setAsking(true) },
  ]} />${asking && html`<${Delete} server=${server} close=${() => setAsking(false)} then=${then} />`}`;
}

function Delete({ server, close, then }) {
  const remove = async (event) => {
    event.preventDefault();
    try {
      await send('DELETE', at(COMPUTE, `servers/${server.id}`));
      say(t('said.deleted', { name: server.name }));
      close();
      then(true);
    } catch (refusal) {
      say(textOf(refusal), 'fault');
    }
  };
  return html`<${Dialog} title=${t('remove.title', { kind: t('instance.one') })} close=${close}><form onSubmit=${remove}>
    <div class="body"><p>${t('remove.text')}</p><ul class="names"><li><bdi class="ellipsis">${server.name}</bdi></li></ul></div>
    <footer><button type="button" onClick=${close}>${t('action.cancel')}</button><button type="submit" class="danger solid">${t('action.delete')}</button></footer>
  </form></${Dialog}>`;
}

function Instance({ id, rest }) {
  const { project } = useStore(session);
  const ports = usePorts(project.id, id);
  const { rows: server, error, refresh } = useServers(`servers/${id}`, 'server', ports.rows);
  const [attaching, setAttaching] = useState(false);
  if (error) return html`<section class="page"><${Trouble} refusal=${error} again=${refresh} /></section>`;
  if (!server) return html`<section class="page"><div class="waiting" role="status">${t('table.waiting')}</div></section>`;
  const console_ = rest[0] === 'console';
  const detach = (port) => send('DELETE', at(COMPUTE, `servers/${id}/os-interface/${port}`)).then(ports.refresh, (refusal) => say(textOf(refusal), 'fault'));
  const back = href(['project', 'instances']);
  const columns = [
    { name: 'address', label: t('label.fixed_ips'), cell: (row) => html`<a class="fixed" href=${href(['project', 'ports', row.id])}>${row.fixed_ips.map((one) => one.ip_address).join(', ') || row.id.slice(0, 8)}</a>` },
    { name: 'mac', label: t('label.mac_address'), cell: (row) => html`<span class="fixed">${row.mac_address}</span>` },
    { name: 'status', label: t('label.status'), cell: (row) => html`<${Status} value=${row.status} />` },
  ];
  return html`<section class="page">
    <nav class="trail" aria-label=${t('detail.trail')}><a href=${back}>${t('nav.instances')}</a><${Icon} name="right" /></nav>
    <header class="head"><h1 class="ellipsis" title=${server.name}><bdi>${server.name}</bdi></h1><${Status} value=${server.status} /><span class="space"></span>
      <${Acts} server=${server} then=${(gone) => (gone === true ? go(back, { replace: true }) : refresh())} /></header>
    <nav class="tabs" aria-label=${t('detail.tabs')}>
      <a href=${href(['project', 'instances', id])} aria-current=${console_ ? undefined : 'page'}>${t('instance.interfaces')}</a>
      <a href=${href(['project', 'instances', id, 'console'])} aria-current=${console_ ? 'page' : undefined}>${t('instance.console')}</a></nav>
    ${console_ ? html`<${Console} id=${id} />` : html`
      ${server.fault && html`<p class="error" role="alert"><${Icon} name="alert" /><bdi>${server.fault.message}</bdi></p>`}
      <div class="tools"><button type="button" onClick=${() => setAttaching(true)}><${Icon} name="plus" />${t('instance.attach')}</button></div>
      <${Table} caption=${t('instance.interfaces')} columns=${columns} data=${ports} empty=${html`<p>${t('table.empty')}</p>`}
        actions=${(row) => html`<button type="button" class="plain" title=${t('instance.detach')} aria-label=${t('instance.detach')} onClick=${() => detach(row.id)}><${Icon} name="close" /></button>`} />`}
    ${attaching && html`<${Attach} id=${id} close=${() => { setAttaching(false); ports.refresh(); }} />`}
  </section>`;
}

function Console({ id }) {
  const [text, setText] = useState(null);
  const [error, setError] = useState(null);
  const load = () => send('POST', at(COMPUTE, `servers/${id}/action`), { 'os-getConsoleOutput': { length: 500 } })
    .then((answer) => { setText(answer.output); setError(null); }, setError);
  useEffect(() => {
    load();
  }, [id]);
  return html`<div class="tools"><button type="button" class="small" onClick=${load}><${Icon} name="refresh" />${t('action.refresh')}</button></div>
    ${error ? html`<${Trouble} refusal=${error} again=${load} />` : html`<pre class="console" tabindex="0" aria-label=${t('instance.console')}>${text ?? t('table.waiting')}</pre>`}`;
}
