// What has happened, said once and gone; told to screen readers as well.
import { html } from '../core/html.js';
import { store, useStore } from '../core/store.js';
import { t } from '../core/language.js';
import { Icon } from './icon.js';

const toasts = store([]);
let last = 0;

/** `kind`: `done`, or `fault` which stays until it is closed. */
export function say(text, kind = 'done') {
  const id = ++last;
  toasts.set([...toasts.get().slice(-3), { id, text, kind }]);
  if (kind === 'done') setTimeout(() => drop(id), 5000);
}

function drop(id) {
  toasts.set(toasts.get().filter((toast) => toast.id !== id));
}

export function Toasts() {
  const all = useStore(toasts);
  return html`<div class="toasts" role="status" aria-live="polite">
    ${all.map(({ id, text, kind }) => html`<div key=${id} class=${'toast ' + kind}>
      <${Icon} name=${kind === 'done' ? 'check' : 'alert'} />
      <span><bdi>${text}</bdi></span>
      <button type="button" class="plain" aria-label=${t('action.close')} onClick=${() => drop(id)}><${Icon} name="close" /></button>
    </div>`)}
  </div>`;
}
