// A button with choices under it.
import { html, useEffect, useId, useRef, useState } from '../core/html.js';

/** `items`: `{ text, act }` or `{ text, href }`, `danger` and `chosen` where they are; falsy ones are left out. */
export function Menu({ label, face, items, align = 'end', plain = true }) {
  const [open, setOpen] = useState(false);
  const ref = useRef();
  const id = useId();
  const all = items.filter(Boolean);
  useEffect(() => {
    if (!open) return undefined;
    ref.current.querySelector('[role^=menuitem]')?.focus();
    const outside = (event) => ref.current?.contains(event.target) || setOpen(false);
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [open]);
  const leave = () => {
    setOpen(false);
    ref.current.querySelector('button').focus();
  };
  const keys = (event) => {
    const entries = [...ref.current.querySelectorAll('[role^=menuitem]')];
    const now = entries.indexOf(document.activeElement);
    const to = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: entries.length - 1 }[event.key];
    if (event.key === 'Escape') {
      event.stopPropagation();
      leave();
    } else if (to !== undefined) {
      entries[(to + entries.length) % entries.length].focus();
    } else {
      return;
    }
    event.preventDefault();
  };
  if (!all.length) return null;
  return html`<div class="menu" ref=${ref}>
    <button type="button" class=${plain ? 'plain' : ''} aria-haspopup="menu" aria-expanded=${String(open)} aria-controls=${open ? id : undefined}
      aria-label=${label} title=${label} onClick=${() => setOpen(!open)}>${face}</button>
    ${open && html`<ul role="menu" id=${id} aria-label=${label} class=${align} onKeyDown=${keys}>
      ${all.map((item) => html`<li role="none" key=${item.text}>
        <button type="button" role=${'chosen' in item ? 'menuitemradio' : 'menuitem'} aria-checked=${'chosen' in item ? String(item.chosen) : undefined}
          lang=${item.lang} class=${item.danger ? 'danger' : ''} onClick=${() => { leave(); item.act(); }}><bdi>${item.text}</bdi></button>
      </li>`)}
    </ul>`}
  </div>`;
}
