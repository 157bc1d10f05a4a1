// Deleting one or several documents, after asking. What cannot be deleted says why and stays.
import { html, useState } from '../core/html.js';
import { at, NETWORKING, send } from '../core/api.js';
import { nameOf, t } from '../core/language.js';
import { Dialog } from '../ui/dialog.js';
import { Icon } from '../ui/icon.js';
import { say } from '../ui/toast.js';
import { textOf } from '../ui/trouble.js';

const NAMED = 8;

export function Remove({ resource, documents, close, done = () => {} }) {
  const [left, setLeft] = useState(documents);
  const [busy, setBusy] = useState(false);
  const [faults, setFaults] = useState({});
  const kind = nameOf(resource.member, left.length === 1 ? 'one' : 'many');
  const remove = async (event) => {
    event.preventDefault();
    setBusy(true);
    const refused = {};
    for (const document of left) {
      try {
        await send('DELETE', at(NETWORKING, `${resource.path}/${document.id}`));
      } catch (refusal) {
        if (refusal.status !== 404) refused[document.id] = textOf(refusal);
      }
    }
    const stay = left.filter((document) => refused[document.id]);
    const gone = left.filter((document) => !refused[document.id]);
    if (gone.length) say(t('said.deleted', { name: gone.length === 1 ? gone[0].name || gone[0].id : String(gone.length) }));
    setBusy(false);
    if (!stay.length) {
      close();
      done();
      return;
    }
    setFaults(refused);
    setLeft(stay);
  };
  return html`<${Dialog} title=${t('remove.title', { kind })} close=${close}>
    <form onSubmit=${remove}>
      <div class="body">
        <p>${t('remove.text')}</p>
        <ul class="names">
          ${left.slice(0, NAMED).map((document) => html`<li key=${document.id}><bdi class="ellipsis">${document.name || document.id}</bdi>
            ${faults[document.id] && html`<p class="error" role="alert"><${Icon} name="alert" /><bdi>${faults[document.id]}</bdi></p>`}</li>`)}
          ${left.length > NAMED && html`<li>${t('remove.more', { count: left.length - NAMED })}</li>`}
        </ul>
      </div>
      <footer>
        <button type="button" onClick=${close}>${t('action.cancel')}</button>
        <button type="submit" class="danger solid" disabled=${busy}>${t('action.delete')}</button>
      </footer>
    </form>
  </${Dialog}>`;
}
