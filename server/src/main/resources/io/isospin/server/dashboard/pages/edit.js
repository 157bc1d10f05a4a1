// Changing a document. It is refused where somebody else has changed it meanwhile.
import { html, useEffect, useState } from '../core/html.js';
import { at, get, NETWORKING, send } from '../core/api.js';
import { fault } from '../core/faults.js';
import { t } from '../core/language.js';
import { isAdmin } from '../core/session.js';
import { Dialog } from '../ui/dialog.js';
import { changed, Fields } from '../ui/form.js';
import { say } from '../ui/toast.js';
import { textOf, Trouble } from '../ui/trouble.js';
import { fields, shown } from './resources.js';

export function Edit({ resource, id, scope, close }) {
  const [before, setBefore] = useState(null);
  const [values, setValues] = useState({});
  const [errors, setErrors] = useState({});
  const [busy, setBusy] = useState(false);
  const names = fields(resource, 'update', isAdmin() ? scope : 'project');
  const url = at(NETWORKING, `${resource.path}/${id}`);
  const load = async () => {
    try {
      const document = (await get(url))[resource.member];
      setBefore(document);
      setValues(Object.fromEntries(names.map((name) => [name, document[name] ?? undefined])));
    } catch (refusal) {
      setBefore(refusal);
    }
  };
  useEffect(() => {
    load();
  }, []);
  const submit = async (event) => {
    event.preventDefault();
    const body = changed(resource.update, before, values);
    if (!Object.keys(body).length) return close();
    setBusy(true);
    setErrors({});
    const revision = before.revision_number;
    try {
      await send('PUT', url, { [resource.member]: body }, revision === undefined ? {} : { headers: { 'If-Match': `revision_number=${revision}` } });
      say(t('said.updated', { name: values.name || before.name || id }));
      return close();
    } catch (refusal) {
      const { attribute = '', text } = fault({ ...refusal, message: textOf(refusal) }, names);
      setErrors({ [attribute]: refusal.status === 412 ? t('edit.meanwhile') : text });
      return setBusy(false);
    }
  };
  return html`<${Dialog} title=${t('edit.title', { name: before?.name || id })} close=${close} wide=${names.length > 8}>
    ${before instanceof Error ? html`<div class="body"><${Trouble} refusal=${before} /></div>` : !before ? html`<div class="body waiting">${t('table.waiting')}</div>` : html`<form onSubmit=${submit}>
      <div class="body"><${Fields} member=${resource.member} schema=${resource.update} names=${names} values=${values} change=${setValues} errors=${errors} extra=${shown(resource).extra} /></div>
      <footer>
        <button type="button" onClick=${close}>${t('action.cancel')}</button>
        <button type="submit" class="primary" disabled=${busy}>${t('action.save')}</button>
      </footer>
    </form>`}
  </${Dialog}>`;
}
