// A modal dialog: the browser's own, so that focus stays inside and Escape ends it.
import { html, useEffect, useId, useRef } from '../core/html.js';
import { t } from '../core/language.js';
import { Icon } from './icon.js';

/** `close`: asked for by Escape or the cross; null where the dialog must be answered. */
export function Dialog({ title, close, wide, children }) {
  const ref = useRef();
  const heading = useId();
  useEffect(() => {
    const before = document.activeElement;
    ref.current.showModal();
    return () => before?.isConnected && before.focus();
  }, []);
  const cancel = (event) => {
    event.preventDefault();
    close?.();
  };
  return html`<dialog ref=${ref} class=${wide ? 'dialog wide' : 'dialog'} aria-labelledby=${heading} onCancel=${cancel}>
    <header>
      <h2 id=${heading}>${title}</h2>
      ${close && html`<button type="button" class="plain" aria-label=${t('action.close')} onClick=${close}><${Icon} name="close" /></button>`}
    </header>
    ${children}
  </dialog>`;
}
