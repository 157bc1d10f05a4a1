// An entry of the timeline, in a sentence.
import { html, useState } from '../core/html.js';
import { labelOf, language, nameOf, t, wording } from '../core/language.js';
import { href } from '../core/router.js';
import { resourceOf } from '../core/schema.js';
import { Icon } from '../ui/icon.js';
import { Name } from '../ui/name.js';
import { devices } from './story.js';

const LONG = 60;
const MOST = 8; // Of what was done at once.

/** `narrow(name, value)` shows only what has that value. */
export function Group({ entries, narrow }) {
  const [whole, setWhole] = useState(false);
  const [first] = entries;
  const bad = entries.some((one) => one.report && !one.report.up);
  const told = entries.toReversed();
  const left = whole ? 0 : Math.max(0, told.length - MOST - 1);
  return html`<li class=${'happening' + (bad ? ' bad' : '') + (first.fresh ? ' fresh' : '')}>
    <${Moment} value=${told[0].created_at} />
    <${Who} entry=${first} narrow=${narrow} />
    <div class="happened">${(left ? told.slice(0, MOST) : told).map((entry) => html`<${What} key=${entry.id} entry=${entry} />`)}
      ${left > 0 && html`<button type="button" class="plain small" onClick=${() => setWhole(true)}>${t('remove.more', { count: left + 1 })}</button>`}</div>
  </li>`;
}

/** To the millisecond: that is what one looks for here. */
function Moment({ value }) {
  if (!value) return html`<span class="faint">–</span>`;
  const moment = new Date(value);
  const { code } = language.get();
  const text = new Intl.DateTimeFormat(code, { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3, hourCycle: 'h23' }).format(moment);
  const day = new Intl.DateTimeFormat(code, { dateStyle: 'medium' }).format(moment);
  return html`<time class="fixed" dateTime=${value} title=${value}>${moment.toDateString() === new Date().toDateString() ? '' : html`<span class="faint">${day} </span>`}${text}</time>`;
}

function Who({ entry, narrow }) {
  const [icon, name, by, value] = entry.host !== null
    ? ['agent', entry.host, 'host', entry.host]
    : entry.user_id !== null ? ['user', entry.user_name ?? entry.user_id, 'user_id', entry.user_id] : ['system', t('timeline.server')];
  const face = html`<${Icon} name=${icon} /><bdi class="ellipsis">${name}</bdi>`;
  return by && narrow
    ? html`<button type="button" class="plain who" title=${t('timeline.only', { name })} onClick=${() => narrow(by, value)}>${face}</button>`
    : html`<span class="who">${face}</span>`;
}

function What({ entry }) {
  return html`<div class="what">
    <span class=${'verb ' + entry.type}>${t(`timeline.${entry.report ? (entry.report.up ? 'up' : 'notUp') : entry.type}`)}</span>
    <span class="faint">${nameOf(entry.object_type, 'one')}</span>
    <${Subject} entry=${entry} />
    ${entry.object_type === 'wiring' ? html`<${Seen} entry=${entry} />` : html`<${Changed} entry=${entry} />`}
    ${entry.report && html`<span class="faint">${entry.report.entity}</span>`}
    ${entry.report?.reason && html`<span class="reason"><${Icon} name="alert" /><bdi>${entry.report.reason}</bdi></span>`}
    ${entry.after !== undefined && html`<span class="after" title=${t('timeline.after')}>+${entry.after} ms</span>`}
  </div>`;
}

/** A port without a name is told by its network, a wiring by that alone. */
function Subject({ entry }) {
  const of = resourceOf(entry.object_type);
  const network = entry.network_id !== null && entry.object_type !== 'network'
    && html` <span class="faint">${t('timeline.on')}</span> <a href=${href(['admin', 'networks', entry.network_id])}><${Name} kind="networks" id=${entry.network_id} /></a>`;
  if (entry.object_type === 'wiring') return network || null;
  const text = html`<bdi class=${entry.object_name ? 'ellipsis' : 'fixed'}>${entry.object_name || entry.object_id.slice(0, 13)}</bdi>`;
  return html`${of?.deletable && entry.type !== 'deleted' ? html`<a href=${href(['admin', of.path, entry.object_id])} title=${entry.object_id}>${text}</a>` : text}${network}`;
}

function Changed({ entry }) {
  return entry.changed.map(({ attribute, before, after }) => html`<span class="changed" key=${attribute}>
    <span class="faint">${labelOf(entry.object_type, attribute)}</span> <bdi class="was">${short(attribute, before)}</bdi><span aria-label=${t('timeline.became')}>→</span><bdi>${short(attribute, after)}</bdi></span>`);
}

function Seen({ entry }) {
  const { came, went, changed, wrong } = devices(entry);
  return html`${[['came', '+', came], ['went', '−', went], ['changed', '~', changed]].filter(([, , names]) => names.length).map(([key, sign, names]) => html`
      <span class="changed" key=${key}><span aria-hidden="true">${sign}</span><span class="hidden">${t(`timeline.devices.${key}`)}</span> <bdi class="fixed">${names.join(', ')}</bdi></span>`)}
    ${wrong.map((sentence) => html`<span class="reason" key=${sentence}><${Icon} name="alert" /><bdi>${sentence}</bdi></span>`)}`;
}

function short(attribute, value) {
  if (value === null || value === '' || (Array.isArray(value) && !value.length)) return '–';
  if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no');
  if (attribute === 'status') return wording(`status.${value}`) ?? value;
  if (Array.isArray(value)) return cut(value.map((one) => one.ip_address ?? (typeof one === 'object' ? JSON.stringify(one) : one)).join(', '));
  return cut(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

function cut(text) {
  return text.length > LONG ? `${text.slice(0, LONG)}…` : text;
}
