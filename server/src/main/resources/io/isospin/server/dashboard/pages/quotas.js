// How much each project may have, and of that uses.
import { html, useEffect, useState } from '../core/html.js';
import { at, get, NETWORKING, send } from '../core/api.js';
import { fault } from '../core/faults.js';
import { nameOf, t } from '../core/language.js';
import { session } from '../core/session.js';
import { useStore } from '../core/store.js';
import { Dialog } from '../ui/dialog.js';
import { Field } from '../ui/field.js';
import { say } from '../ui/toast.js';
import { textOf, Trouble } from '../ui/trouble.js';
import { Gauges } from './overview.js';
import { allProjects } from './project-options.js';

const LIMIT = { kind: 'integer', minimum: -1, maximum: 2147483647, choices: [] };

export function Quotas() {
  const { project, projects } = useStore(session);
  const all = useStore(allProjects) ?? projects;
  const [id, setId] = useState(project.id || 'default');
  const [shown, setShown] = useState({});
  const [editing, setEditing] = useState(false);
  const load = () => get(at(NETWORKING, `quotas/${id}/details`)).then((answer) => setShown({ quota: answer.quota })).catch((error) => setShown({ error }));
  useEffect(() => {
    setShown({});
    load();
  }, [id]);
  const reset = () => send('DELETE', at(NETWORKING, `quotas/${id}`))
    .then(load, (refusal) => (refusal.status === 404 ? load() : say(textOf(refusal), 'fault')));
  const name = all.find((one) => one.id === id)?.name ?? id;
  return html`<section class="page">
    <header class="head"><h1>${t('nav.quotas')}</h1><span class="space"></span>
      ${shown.quota && html`<button type="button" onClick=${reset}>${t('quota.reset')}</button>
        <button type="button" class="primary" onClick=${() => setEditing(true)}>${t('action.edit')}</button>`}
    </header>
    ${all.length > 0 && html`<div class="tools"><label>${t('nav.project')} <select value=${id} onChange=${(event) => setId(event.target.value)}>
      ${all.map((one) => html`<option value=${one.id} key=${one.id}>${one.name}</option>`)}</select></label></div>`}
    ${shown.error ? html`<${Trouble} refusal=${shown.error} again=${load} />` : html`<${Gauges} quota=${shown.quota} />`}
    ${editing && html`<${Edit} id=${id} name=${name} quota=${shown.quota} close=${() => { setEditing(false); load(); }} />`}
  </section>`;
}

function Edit({ id, name, quota, close }) {
  const names = Object.keys(quota);
  const [values, setValues] = useState(Object.fromEntries(names.map((one) => [one, quota[one].limit])));
  const [errors, setErrors] = useState({});
  const submit = async (event) => {
    event.preventDefault();
    const changed = Object.fromEntries(Object.entries(values).filter(([one, value]) => value !== undefined && value !== quota[one].limit));
    if (!Object.keys(changed).length) return close();
    try {
      await send('PUT', at(NETWORKING, `quotas/${id}`), { quota: changed });
      say(t('said.updated', { name }));
      return close();
    } catch (refusal) {
      const { attribute = '', text } = fault({ ...refusal, message: textOf(refusal) }, names);
      return setErrors({ [attribute]: text });
    }
  };
  return html`<${Dialog} title=${t('quota.edit', { name })} close=${close}>
    <form onSubmit=${submit}>
      <div class="body"><p>${t('quota.unlimited')}</p>
        ${errors[''] && html`<p class="error" role="alert"><bdi>${errors['']}</bdi></p>`}
        <div class="fields">${names.map((one) => html`<${Field} key=${one} name=${one} label=${nameOf(one)} facts=${LIMIT} required
          value=${values[one]} error=${errors[one]} change=${(value) => setValues({ ...values, [one]: value })} />`)}</div></div>
      <footer><button type="button" onClick=${close}>${t('action.cancel')}</button><button type="submit" class="primary">${t('action.save')}</button></footer>
    </form>
  </${Dialog}>`;
}
