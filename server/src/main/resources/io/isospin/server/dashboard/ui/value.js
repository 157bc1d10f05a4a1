// How values look, by what they are.
import { html } from '../core/html.js';
import { language, t } from '../core/language.js';
import { href } from '../core/router.js';
import { facts, resourceOf } from '../core/schema.js';
import { Name } from './name.js';

const GOOD = new Set(['ACTIVE', 'UP', 'ALIVE']);
const BAD = new Set(['ERROR', 'DEAD']);
const BUSY = new Set(['BUILD', 'PENDING_CREATE', 'PENDING_UPDATE', 'PENDING_DELETE', 'MIGRATING', 'REBOOT']);
const FIXED = /(^id$|_id$|_ip$|^cidr$|mac_address|prefixes|address)/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;

export function Status({ value }) {
  if (!value) return html`<span class="faint">–</span>`;
  const kind = GOOD.has(value) ? 'good' : BAD.has(value) ? 'bad' : BUSY.has(value) ? 'busy' : 'still';
  return html`<span class=${'status ' + kind}>${t(`status.${value}`) === `status.${value}` ? value : t(`status.${value}`)}</span>`;
}

export function Time({ value }) {
  const moment = new Date(/Z|[+-]\d\d:?\d\d$/.test(value) ? value : value.replace(' ', 'T') + 'Z');
  if (Number.isNaN(moment.valueOf())) return value;
  const text = new Intl.DateTimeFormat(language.get().code, { dateStyle: 'medium', timeStyle: 'medium' }).format(moment);
  return html`<time dateTime=${moment.toISOString()} title=${value}>${text}</time>`;
}

/** An attribute of a `document`, as its schema says. `scope`: where links lead, `project` or `admin`. */
export function Value({ name, value, schema = {}, scope = 'project', document = {} }) {
  const nothing = html`<span class="faint">–</span>`;
  if (name === 'status' || name === 'port_state') return html`<${Status} value=${value} />`;
  if (name === 'admin_state_up') return html`<${Status} value=${value ? 'UP' : 'DOWN'} />`;
  if (name === 'alive') return html`<${Status} value=${value ? 'ALIVE' : 'DEAD'} />`;
  if (value === null || value === undefined || value === '') return nothing;
  if (typeof value === 'boolean') return html`<span class=${value ? '' : 'faint'}>${t(value ? 'value.yes' : 'value.no')}</span>`;
  if (name === 'project_id' || name === 'tenant_id') return html`<${Name} kind="projects" id=${value} />`;
  if (name === 'target_tenant' && value !== '*') return html`<${Name} kind="projects" id=${value} />`;
  if (name === 'device_id' && document.device_owner?.startsWith('compute:')) {
    return html`<a class="fixed" href=${href(['project', 'instances', value])}>${value}</a>`;
  }
  // An RBAC policy says beside it of what kind its object is.
  const collection = name === 'object_id' ? resourceOf(document.object_type)?.path : facts(schema).collection;
  if (collection && value) {
    return html`<a href=${href([scope, collection, value])}><${Name} kind=${collection} id=${value} /></a>`;
  }
  if (name === 'fixed_ips') return html`<${Lines} all=${value.map((one) => one.ip_address)} />`;
  if (Array.isArray(value)) {
    return value.length ? html`<${Lines} all=${value.map((one) => (typeof one === 'object' ? pairs(one) : String(one)))} fixed=${FIXED.test(name)} />` : nothing;
  }
  if (typeof value === 'object') {
    return Object.keys(value).length ? html`<code class="block">${JSON.stringify(value, null, 1)}</code>` : nothing;
  }
  if (TIME.test(value)) return html`<${Time} value=${value} />`;
  if (FIXED.test(name)) return html`<span class="fixed">${value}</span>`;
  return html`<bdi>${String(value)}</bdi>`;
}

function pairs(object) {
  if (object.start && object.end) return `${object.start} – ${object.end}`;
  if (object.destination) return `${object.destination} → ${object.nexthop}`;
  return Object.entries(object).map(([key, value]) => `${key}=${value}`).join(', ');
}

function Lines({ all, fixed = true }) {
  return html`<span class=${fixed ? 'lines fixed' : 'lines'}>${all.map((line) => html`<span key=${line}><bdi>${line}</bdi></span>`)}</span>`;
}
