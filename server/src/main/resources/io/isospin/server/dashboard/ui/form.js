// A form over a part of a schema. It sends what was filled in and no more: what is left alone is the server's to decide.
import { html, useEffect, useRef } from '../core/html.js';
import { helpOf, labelOf } from '../core/language.js';
import { facts } from '../core/schema.js';
import { Field } from './field.js';
import { Icon } from './icon.js';

/**
 * `names`: which attributes, in order. `extra[name]`: `{ options, query, label, help, hidden(values), collection(values) }` for
 * one of them.
 * `errors`: by attribute; `errors['']` for what is about none.
 */
export function Fields({ member, schema, names, values, change, errors = {}, extra = {} }) {
  const box = useRef();
  const wrong = Object.keys(errors).join();
  useEffect(() => {
    if (wrong) box.current.querySelector('[aria-invalid], [role=alert]')?.focus?.();
  }, [errors]);
  return html`<div class="fields" ref=${box}>
    ${errors[''] && html`<p class="error" role="alert" tabindex="-1"><${Icon} name="alert" /><bdi>${errors['']}</bdi></p>`}
    ${names.filter((name) => schema.properties[name] && !extra[name]?.hidden?.(values)).map((name) => {
      const more = extra[name] ?? {};
      const told = facts(schema.properties[name]);
      const of = more.collection ? { ...told, collection: more.collection(values) } : told;
      return html`<${Field} key=${name} name=${name} facts=${of}
        label=${more.label ?? labelOf(member, name)} help=${more.help ?? helpOf(member, name, of.description)}
        required=${more.required ?? schema.required?.includes(name) ?? false} options=${more.options} query=${more.query}
        value=${values[name] === undefined ? initial(of) : values[name]} error=${errors[name]}
        change=${(value) => change({ ...values, [name]: value })} />`;
    })}
  </div>`;
}

/** Shown where nothing is filled in: only a boolean has no empty form. */
function initial(of) {
  return of.kind === 'boolean' ? of.initial : of.kind === 'choice' && of.initial !== null ? of.initial : undefined;
}

/** What is to be sent: lists without their empty lines. */
export function filled(values) {
  return Object.fromEntries(Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, Array.isArray(value) && value.every((one) => typeof one === 'string')
      ? value.map((line) => line.trim()).filter(Boolean)
      : value]));
}

/** Of an edited document what differs; an emptied attribute becomes null or empty, as its schema lets. */
export function changed(schema, before, values) {
  const out = {};
  for (const name of Object.keys(values)) {
    const of = facts(schema.properties[name]);
    const [value] = Object.values(filled({ [name]: values[name] }));
    const next = value === undefined ? emptied(of) : value;
    if (next !== undefined && JSON.stringify(next) !== JSON.stringify(before[name])) out[name] = next;
  }
  return out;
}

function emptied(of) {
  if (of.kind === 'lines' || of.kind === 'rows') return [];
  if (of.nullable) return null;
  return of.kind === 'text' ? '' : undefined;
}
