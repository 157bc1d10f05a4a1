// The picture in words: what a screen reader reads out, and what one copies into a message.
import { html } from '../core/html.js';
import { t } from '../core/language.js';
import { endOf } from './block.js';

function Device({ item, block, of }) {
  const said = block.differences.filter((one) => one.device === item.name);
  const words = [item.missing ? t('wiring.missing') : item.up === false ? t('wiring.down') : '', item.vlan !== undefined && item.vlan !== null ? `VLAN ${item.vlan}` : '', item.vni !== undefined && item.vni !== null ? `VNI ${item.vni}` : '', item.parent ?? '', item.local_ip ?? '', item.mac ?? '', ...(item.addresses ?? [])].filter(Boolean);
  return html`<span class=${said.length || item.missing || item.loose ? 'bad' : ''}><bdi class="fixed">${item.name}</bdi> ${words.join(' · ')}${item.loose ? ` · ${t('wiring.loose', { name: item.name })}` : ''}</span>`;
}

function Space({ space }) {
  return html`<li><bdi class="fixed">${space.name}</bdi>${(space.services ?? []).map((one) => html` · <span key=${one.name} class=${one.running ? '' : 'bad'}>${one.name} ${t(one.running ? 'wiring.running' : 'wiring.notRunning')}</span>`)}
    <ul>${space.interfaces.map((one) => html`<li key=${one.name}><bdi class="fixed">${one.name}</bdi> ${[one.mac, ...(one.addresses ?? [])].filter(Boolean).join(' · ')}</li>`)}</ul></li>`;
}

function Block({ block, of }) {
  const face = block.network ? of.look(block.network) : { name: t('wiring.noNetwork'), detail: '' };
  const inside = new Map(block.namespaces.flatMap((space) => space.interfaces.filter((one) => one.peer).map((one) => [one.peer, space])));
  const placed = new Set(block.taps.map((tap) => inside.get(tap.name)?.name));
  return html`<li><strong><bdi>${face.name}</bdi></strong> ${face.detail}${block.nic && ` · ${block.nic}`}
    <ul>
      ${block.differences.map((one) => html`<li key=${one.text} class="bad">${t('wiring.difference')}: <bdi>${one.text}</bdi></li>`)}
      ${block.uplinks.map((item) => html`<li key=${item.name}><${Device} item=${item} block=${block} of=${of} /></li>`)}
      ${block.bridges.map((item) => html`<li key=${item.name}><${Device} item=${item} block=${block} of=${of} /></li>`)}
      ${block.taps.map((item) => {
        const end = endOf(item, of.ports.get(item.port_id), of);
        const space = inside.get(item.name);
        return html`<li key=${item.name}><${Device} item=${item} block=${block} of=${of} /> – <bdi>${[end.title, ...end.lines].join(' · ')}</bdi>${space && html`<ul><${Space} space=${space} /></ul>`}</li>`;
      })}
      ${block.namespaces.filter((one) => !placed.has(one.name)).map((space) => html`<${Space} key=${space.name} space=${space} />`)}
    </ul></li>`;
}

/** `hosts`: of `hostOf`; `of`: as the plan has it. */
export function AsList({ hosts, of }) {
  return html`<ul>${hosts.map((one) => html`<li key=${one.host}><strong><bdi>${one.host}</bdi></strong>
    <ul>
      ${one.differences.map((each) => html`<li key=${each.text} class="bad">${t('wiring.difference')}: <bdi>${each.text}</bdi></li>`)}
      ${[...one.nics.map((nic) => ({ ...nic.device, name: nic.name, to: nic.physical ?? nic.tunnel })), ...one.idle].map((nic) => html`<li key=${nic.name}><bdi class="fixed">${nic.name}</bdi> ${[nic.to, nic.mac, ...(nic.addresses ?? [])].filter(Boolean).join(' · ')}</li>`)}
      ${one.blocks.map((block) => html`<${Block} key=${block.id} block=${block} of=${of} />`)}
    </ul></li>`)}</ul>`;
}
