// One attribute to fill in, as its schema says: what kind of value, its limits, its help, and what is wrong with it.
import { html, useEffect, useId, useState } from '../core/html.js';
import { at, get, NETWORKING } from '../core/api.js';
import { labelOf, t } from '../core/language.js';
import { facts as factsOf, resource } from '../core/schema.js';
import { Icon } from './icon.js';

const MANY = 500;

/**
 * `facts`: of core/schema; `value`: undefined where nothing is filled in. `options`: `[value, text]` pairs in place of the
 * schema's choices; `query`: filters for what an id may name.
 */
export function Field({ label, help, facts, value, change, error, required, options, query, name, autofocus }) {
  const id = useId();
  const describing = [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;
  const common = {
    id, name, required, autofocus,
    'aria-describedby': describing,
    'aria-invalid': error ? 'true' : undefined,
  };
  if (facts.kind === 'boolean') {
    return html`<div class="field check" data-field=${name}>
      <input type="checkbox" ...${common} required=${false} checked=${value ?? false} onChange=${(event) => change(event.target.checked)} />
      <label for=${id}>${label}</label>
      <${Notes} id=${id} help=${help} error=${error} />
    </div>`;
  }
  const inner = facts.kind === 'rows'
    ? html`<${Rows} id=${id} label=${label} facts=${facts} value=${value} change=${change} describing=${describing} />`
    : html`<${Input} common=${common} facts=${facts} value=${value} change=${change} options=${options} query=${query} />`;
  return html`<div class="field" data-field=${name}>
    ${facts.kind === 'rows' ? html`<span class="label" id=${id + '-label'}>${label}</span>` : html`<label for=${id}>${label}${required && html`<span class="must" aria-hidden="true"> *</span>`}</label>`}
    ${inner}
    <${Notes} id=${id} help=${help} error=${error} />
  </div>`;
}

function Notes({ id, help, error }) {
  return html`${error && html`<p class="error" id=${id + '-error'}><${Icon} name="alert" /><bdi>${error}</bdi></p>`}
    ${help && html`<p class="help" id=${id + '-help'}>${help}</p>`}`;
}

function Input({ common, facts, value, change, options, query }) {
  const text = (event) => change(event.target.value === '' ? undefined : event.target.value);
  const choices = options ?? (facts.choices.length ? facts.choices.map((one) => [one, String(one)]) : null);
  if (choices) return html`<${Select} common=${common} value=${value} change=${change} options=${choices} />`;
  if (facts.collection && resource(facts.collection)) return html`<${Reference} common=${common} facts=${facts} value=${value} change=${change} query=${query} />`;
  if (facts.kind === 'integer') {
    const number = (event) => change(event.target.value === '' ? undefined : Number(event.target.value));
    return html`<input type="number" step="1" ...${common} min=${facts.minimum} max=${facts.maximum} value=${value ?? ''} onInput=${number} />`;
  }
  if (facts.kind === 'lines') {
    const lines = (event) => change(event.target.value.trim() === '' ? undefined : event.target.value.split('\n'));
    return html`<textarea ...${common} rows="3" spellcheck="false" placeholder=${facts.item?.examples?.[0]} value=${(value ?? []).join('\n')} onInput=${lines}></textarea>`;
  }
  if (facts.kind === 'object') return html`<${Json} common=${common} value=${value} change=${change} />`;
  return html`<input type="text" ...${common} autocomplete="off" maxlength=${facts.maxLength} placeholder=${facts.example} value=${value ?? ''} onInput=${text} />`;
}

function Select({ common, value, change, options }) {
  const pick = (event) => change(event.target.value === '' ? undefined : options.find(([one]) => String(one) === event.target.value)[0]);
  return html`<select ...${common} value=${value === undefined || value === null ? '' : String(value)} onChange=${pick}>
    <option value="">${t('form.unset')}</option>
    ${options.map(([one, text]) => html`<option value=${String(one)} key=${one}>${text}</option>`)}
  </select>`;
}

/** A document of a collection: chosen by name while there are few enough to choose from, else by id. */
function Reference({ common, facts, value, change, query = [] }) {
  const [found, setFound] = useState();
  const of = resource(facts.collection);
  useEffect(() => {
    const abort = new AbortController();
    const fields = ['id', 'name', ...(of.attributes.cidr ? ['cidr'] : [])].filter((name) => of.attributes[name]).map((name) => ['fields', name]);
    get(at(NETWORKING, of.path, [...query, ...fields, ['limit', MANY]]), { signal: abort.signal })
      .then((answer) => setFound(answer[of.key]))
      .catch(() => abort.signal.aborted || setFound(null));
    return () => abort.abort();
  }, [of, JSON.stringify(query)]);
  if (found === undefined) return html`<select ...${common} disabled><option>${t('table.waiting')}</option></select>`;
  if (found === null || found.length >= MANY) {
    return html`<input type="text" ...${common} maxlength="36" placeholder=${t('form.id')} value=${value ?? ''} onInput=${(event) => change(event.target.value || undefined)} />`;
  }
  const options = found.map((one) => [one.id, [one.name || one.id, one.cidr].filter(Boolean).join(' · ')]).sort((a, b) => a[1].localeCompare(b[1]));
  return html`<${Select} common=${common} value=${value} change=${change} options=${options} />`;
}

function Json({ common, value, change }) {
  const [text, setText] = useState(value && Object.keys(value).length ? JSON.stringify(value) : '');
  const type = (event) => {
    setText(event.target.value);
    try {
      change(event.target.value.trim() ? JSON.parse(event.target.value) : undefined);
      event.target.setCustomValidity('');
    } catch {
      event.target.setCustomValidity(t('form.json'));
    }
  };
  return html`<textarea ...${common} rows="2" spellcheck="false" placeholder="{}" value=${text} onInput=${type}></textarea>`;
}

/** Several objects, a line of fields for each. */
function Rows({ id, label, facts, value = [], change, describing }) {
  const { properties } = facts.item;
  const set = (index, key, to) => {
    const rows = value.map((row, at_) => (at_ === index ? { ...row, [key]: to } : row));
    if (to === undefined) delete rows[index][key];
    change(rows);
  };
  return html`<div class="rows" role="group" aria-labelledby=${id + '-label'} aria-describedby=${describing}>
    ${value.map((row, index) => html`<div class="row" key=${index}>
      ${Object.entries(properties).map(([key, schema]) => html`<${Cell} key=${key} name=${key} schema=${schema} value=${row[key]} change=${(to) => set(index, key, to)} />`)}
      <button type="button" class="plain" aria-label=${t('form.removeRow', { name: label, number: index + 1 })} onClick=${() => change(value.length > 1 ? value.filter((_, at_) => at_ !== index) : undefined)}><${Icon} name="close" /></button>
    </div>`)}
    <button type="button" class="small" onClick=${() => change([...value, {}])}><${Icon} name="plus" />${t('form.addRow')}<span class="hidden"> ${label}</span></button>
  </div>`;
}

function Cell({ name, schema, value, change }) {
  const id = useId();
  const of = factsOf(schema);
  return html`<span class="cell"><label for=${id}>${labelOf('', name)}</label>
    <${Input} common=${{ id }} facts=${of} value=${value} change=${change} /></span>`;
}
