// How much is used of what there is.
import { html } from '../core/html.js';
import { language, t } from '../core/language.js';

const NEARLY = 0.8;

export function Gauge({ label, used, limit }) {
  const number = new Intl.NumberFormat(language.get().code);
  const bounded = limit >= 0;
  const share = bounded ? (limit === 0 ? 1 : Math.min(used / limit, 1)) : 0;
  const kind = share >= 1 ? 'full' : share >= NEARLY ? 'nearly' : '';
  const text = bounded ? t('gauge.of', { used: number.format(used), limit: number.format(limit) }) : t('gauge.unlimited', { used: number.format(used) });
  return html`<div class=${'gauge ' + kind} role="group" aria-label=${`${label}: ${text}`}>
    <span class="gauge-label">${label}</span>
    <span class="gauge-text">${text}</span>
    <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      <rect class="all" width="100" height="4" rx="2" /><rect class="part" width=${share * 100} height="4" rx="2" />
    </svg>
  </div>`;
}
