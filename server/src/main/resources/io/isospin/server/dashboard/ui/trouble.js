// What went wrong, in place of what was to be shown.
import { html } from '../core/html.js';
import { t } from '../core/language.js';
import { Icon } from './icon.js';

/** What a refusal says to a person. */
export function textOf(refusal) {
  if (refusal.status === 0) return t('trouble.server', { address: location.host });
  return refusal.message;
}

export function Trouble({ refusal, again }) {
  const title = refusal.status === 404 ? t('trouble.absent') : refusal.status === 403 ? t('trouble.forbidden') : t('trouble.title');
  return html`<div class="trouble" role="alert">
    <${Icon} name="alert" />
    <div>
      <h2>${title}</h2>
      <p><bdi>${textOf(refusal)}</bdi></p>
      ${again && html`<button type="button" onClick=${again}>${t('action.again')}</button>`}
    </div>
  </div>`;
}
