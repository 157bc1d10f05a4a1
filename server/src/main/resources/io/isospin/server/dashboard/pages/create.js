// Making a document: a form that follows its schema, or the steps that Horizon has for networks.
import { html, useState } from '../core/html.js';
import { at, NETWORKING, send } from '../core/api.js';
import { fault } from '../core/faults.js';
import { nameOf, t } from '../core/language.js';
import { isAdmin } from '../core/session.js';
import { Dialog } from '../ui/dialog.js';
import { Fields, filled } from '../ui/form.js';
import { say } from '../ui/toast.js';
import { textOf } from '../ui/trouble.js';
import { CreateNetwork } from './create-network.js';
import { projectOptions } from './project-options.js';
import { fields, shown } from './resources.js';

export function Create(props) {
  return props.resource.member === 'network' ? html`<${CreateNetwork} ...${props} />` : html`<${CreateOne} ...${props} />`;
}

function CreateOne({ resource, scope, initial, close }) {
  const { extra = {}, initial: first = {} } = shown(resource);
  const names = fields(resource, 'create', isAdmin() ? scope : 'project').filter((name) => !(name in initial));
  const [values, setValues] = useState({ ...first, ...initial });
  const [errors, setErrors] = useState({});
  const [busy, setBusy] = useState(false);
  const submit = async (event) => {
    event.preventDefault();
    setBusy(true);
    setErrors({});
    try {
      const body = filled(Object.fromEntries(Object.entries(values).filter(([name]) => !extra[name]?.hidden?.(values))));
      const answer = await send('POST', at(NETWORKING, resource.path), { [resource.member]: body });
      const made = answer[resource.member];
      say(t('said.created', { name: made.name || made.id }));
      close();
    } catch (refusal) {
      const { attribute = '', text } = fault({ ...refusal, message: textOf(refusal) }, names);
      setErrors({ [attribute]: text });
      setBusy(false);
    }
  };
  return html`<${Dialog} title=${t('action.create', { name: nameOf(resource.member, 'one') })} close=${close} wide=${names.length > 8}>
    <form onSubmit=${submit}>
      <div class="body"><${Fields} member=${resource.member} schema=${resource.create} names=${names} values=${values} change=${setValues} errors=${errors}
        extra=${{ ...extra, project_id: projectOptions(), target_tenant: projectOptions(['*', t('rbac.every')]) }} /></div>
      <footer>
        <button type="button" onClick=${close}>${t('action.cancel')}</button>
        <button type="submit" class="primary" disabled=${busy}>${t('action.create', { name: '' }).trim()}</button>
      </footer>
    </form>
  </${Dialog}>`;
}
