// A project's networks and what is attached to them, as it is now.
import { html, useState } from '../core/html.js';
import { useCollection } from '../core/collection.js';
import { nameOf, t } from '../core/language.js';
import { href } from '../core/router.js';
import { resource } from '../core/schema.js';
import { session } from '../core/session.js';
import { useStore } from '../core/store.js';
import { Icon } from '../ui/icon.js';
import { Name } from '../ui/name.js';
import { Live } from '../ui/table.js';
import { Trouble } from '../ui/trouble.js';
import { Create } from './create.js';
import { Boot } from './instance-forms.js';
import { useInstances } from './instance-names.js';
import { COLUMN, LEFT, plan, ROW } from './topology-plan.js';

const NETWORKS = 60;
const PORTS = 1000;
const ICONS = { instance: 'instance', dhcp: 'agent', router: 'topology', port: 'port' };
const RAIL = 18; // From a row's top to its rail.
const BOX = 40; // From a row's top to a device's box.

export function Topology() {
  const { project, open, services } = useStore(session);
  const [dialog, setDialog] = useState(null);
  const filters = open ? [] : [['project_id', project.id]];
  const networks = useCollection(resource('networks'), { filters, fields: ['id', 'name', 'status', 'shared', 'router:external'], page: { limit: NETWORKS, sort: 'name' } });
  const ports = useCollection(resource('ports'), { filters, fields: ['id', 'name', 'network_id', 'fixed_ips', 'device_id', 'device_owner', 'status'], page: { limit: PORTS } });
  const subnets = useCollection(resource('subnets'), { filters, fields: ['id', 'name', 'network_id', 'cidr'], page: { limit: PORTS } });
  const own = networks.rows ?? [];
  // Networks of others, which the project's ports are on.
  const foreign = [...new Set((ports.rows ?? []).map((port) => port.network_id))].filter((id) => networks.rows && !own.some((one) => one.id === id));
  const ids = [...own.map((one) => one.id), ...foreign];
  const { devices, more, columns } = plan(ids, ports.rows ?? []);
  const compute = services.includes('compute');
  const names = useInstances(devices.filter((one) => one.kind === 'instance').map((one) => one.id), compute);
  const error = networks.error ?? ports.error ?? subnets.error;
  return html`<section class="page">
    <header class="head"><h1>${t('nav.topology')}</h1><${Live} data=${networks} watchable /><span class="space"></span>
      ${compute && html`<button type="button" onClick=${() => setDialog('instance')}><${Icon} name="plus" />${t('instance.boot')}</button>`}
      <button type="button" class="primary" onClick=${() => setDialog('network')}><${Icon} name="plus" />${t('action.create', { name: nameOf('network', 'one') })}</button></header>
    ${error && !networks.rows ? html`<${Trouble} refusal=${error} again=${networks.refresh} />`
      : !networks.rows || !ports.rows ? html`<div class="waiting" role="status">${t('table.waiting')}</div>`
        : !ids.length ? html`<div class="table-box empty"><p>${t('table.none', { name: nameOf('network') })}</p></div>`
          : html`<div class="topology" role="region" tabindex="0" aria-label=${t('nav.topology')}>
              <div class="plane" style=${{ height: `${ids.length * ROW}px`, width: `${LEFT + columns * COLUMN + 24}px` }}>
                <${Ties} devices=${devices} />
                ${ids.map((id, row) => html`<${Rail} key=${id} id=${id} row=${row} network=${own.find((one) => one.id === id)} more=${more[id]}
                  subnets=${(subnets.rows ?? []).filter((one) => one.network_id === id)} add=${() => setDialog(id)} />`)}
                ${devices.map((device) => html`<${Device} key=${device.key} device=${device} name=${names[device.id]} />`)}
              </div></div>`}
    ${dialog === 'network' && html`<${Create} resource=${resource('networks')} scope="project" initial=${{}} close=${() => setDialog(null)} />`}
    ${dialog === 'instance' && html`<${Boot} close=${() => setDialog(null)} />`}
    ${dialog && dialog !== 'network' && dialog !== 'instance' && html`<${Create} resource=${resource('subnets')} scope="project" initial=${{ network_id: dialog }} close=${() => setDialog(null)} />`}
  </section>`;
}

function Rail({ id, row, network, subnets, more, add }) {
  const name = network?.name || id.slice(0, 8);
  return html`<div class=${'rail' + (network?.status === 'DOWN' ? ' down' : '')} style=${{ top: `${row * ROW}px`, height: `${ROW}px` }}>
    <div class="bar" style=${{ left: `${LEFT - 16}px` }}></div>
    <div class="rail-label">
      <a class="ellipsis" title=${network ? name : id} href=${href(['project', 'networks', id])}>${network ? html`<bdi>${name}</bdi>` : html`<${Name} kind="networks" id=${id} />`}</a>
      <span class="lines fixed">${subnets.slice(0, 3).map((one) => html`<a key=${one.id} href=${href(['project', 'subnets', one.id])}>${one.cidr}</a>`)}</span>
      ${network && html`<button type="button" class="plain small" onClick=${add} aria-label=${`${t('action.addSubnet')} ${name}`} title=${t('action.addSubnet')}><${Icon} name="plus" /></button>`}
      ${more && html`<a class="faint" href=${href(['project', 'networks', id, 'ports'])}>${t('remove.more', { count: more })}</a>`}
    </div>
  </div>`;
}

function Device({ device, name }) {
  const [port] = device.ports;
  const to = device.kind === 'instance' && name !== '' ? ['project', 'instances', device.id] : ['project', 'ports', port.id];
  const text = name || port.name || (device.kind === 'dhcp' ? 'DHCP' : device.kind === 'instance' ? device.id.slice(0, 8) : t('resource.port.one'));
  const down = device.ports.some((one) => one.status !== 'ACTIVE');
  return html`<a class=${'device ' + device.kind + (down ? ' down' : '')} href=${href(to)} title=${text} style=${{ left: `${LEFT + device.column * COLUMN}px`, top: `${device.row * ROW + BOX}px` }}>
    <span class="device-name"><${Icon} name=${ICONS[device.kind]} /><span class="ellipsis"><bdi>${text}</bdi></span></span>
    <span class="fixed ellipsis">${device.ports.flatMap((one) => one.fixed_ips.map((ip) => ip.ip_address)).join(' ') || '–'}</span>
    ${down && html`<span class="hidden">${t('status.DOWN')}</span>`}
  </a>`;
}

/** Lines from devices to rails; the picture says it in words too, so they are for the eye alone. */
function Ties({ devices }) {
  return html`<svg class="ties" aria-hidden="true">${devices.flatMap((device) => device.rows.map((row) => {
    const x = LEFT + device.column * COLUMN + 24;
    const from = device.row * ROW + BOX + (row === device.row ? 0 : 20);
    const to = row * ROW + RAIL;
    return html`<path key=${`${device.key} ${row}`} d=${`M${x} ${from}V${to}`} /><circle key=${`${device.key} ${row} .`} cx=${x} cy=${to} r="4" />`;
  }))}</svg>`;
}
