// Which rows: a word that finds by name, id or address, and conditions on attributes. All of it is asked of the server.
import { html, useState } from '../core/html.js';
import { labelOf, t, wording } from '../core/language.js';
import { facts } from '../core/schema.js';
import { Icon } from './icon.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MAC = /^([0-9a-f]{2}[:-]){5}[0-9a-f]{2}$/i;
const IP = /^[0-9]{1,3}(\.[0-9]{1,3}){3}$|^[0-9a-f:]*:[0-9a-f:.]*$/i;
const CIDR = /\/\d{1,3}$/;

/** What a word is looked for in. */
export function condition(resource, word) {
  const has = (name) => resource.filters.includes(name);
  // Of what happened, it is told what it happened to.
  if (UUID.test(word)) return [resource.member === 'change' ? 'object_id' : 'id', word.toLowerCase()];
  if (MAC.test(word) && has('mac_address')) return ['mac_address', word];
  if (CIDR.test(word) && has('cidr')) return ['cidr', word];
  if (IP.test(word) && has('fixed_ips')) return ['fixed_ips', `ip_address=${word}`];
  return [has('name') ? 'name' : has('host') ? 'host' : 'id', word];
}

/** `filters`: pairs that hold; `change(filters)`. `hidden`: attributes that the view itself filters by. */
export function Filter({ resource, filters, change, hidden = [] }) {
  const [word, setWord] = useState('');
  const [by, setBy] = useState('');
  const possible = resource.filters.filter((name) => !hidden.includes(name) && name !== 'fixed_ips');
  const submit = (event) => {
    event.preventDefault();
    const text = word.trim();
    if (!text) return;
    add(by ? [by, text] : condition(resource, text));
  };
  const add = (pair) => {
    change([...filters.filter(([name]) => name !== pair[0]), pair]);
    setWord('');
    setBy('');
  };
  const of = by && resource.attributes[by] ? facts(resource.attributes[by]) : {};
  const choices = of.kind === 'boolean' ? ['true', 'false'] : of.kind === 'choice' ? of.choices.map(String) : null;
  return html`<form class="filter" role="search" onSubmit=${submit}>
    <select aria-label=${t('filter.by')} value=${by} onChange=${(event) => setBy(event.target.value)}>
      <option value="">${wording(`filter.any.${resource.member}`) ?? t('filter.any')}</option>
      ${possible.map((name) => html`<option value=${name} key=${name}>${labelOf(resource.member, name)}</option>`)}
    </select>
    ${choices
      ? html`<select aria-label=${t('filter.value')} value="" onChange=${(event) => event.target.value && add([by, event.target.value])}>
          <option value="">${t('filter.choose')}</option>
          ${choices.map((value) => html`<option value=${value} key=${value}>${of.kind === 'boolean' ? t(value === 'true' ? 'value.yes' : 'value.no') : value}</option>`)}
        </select>`
      : html`<span class="search"><${Icon} name="search" />
          <input type="search" aria-label=${t('filter.value')} placeholder=${t('filter.hint')} value=${word} onInput=${(event) => setWord(event.target.value)} /></span>`}
    ${filters.map(([name, value]) => html`<span class="chip" key=${name}>
      <span class="faint">${labelOf(resource.member, name)}</span><bdi class="ellipsis">${value}</bdi>
      <button type="button" class="plain" aria-label=${t('filter.remove', { name: labelOf(resource.member, name) })} onClick=${() => change(filters.filter(([one]) => one !== name))}><${Icon} name="close" /></button>
    </span>`)}
  </form>`;
}
