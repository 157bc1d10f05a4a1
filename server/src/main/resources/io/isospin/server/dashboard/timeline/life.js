// A port's way from created to ACTIVE, along a line whose length is time.
import { html } from '../core/html.js';
import { t } from '../core/language.js';
import { life } from './story.js';

const WIDTH = 1000;
const EDGE = 8;

export function Life({ entries }) {
  const told = life(entries);
  if (!told) return null;
  const { steps, from, to } = told;
  const done = steps.at(-1).kind === 'active';
  const place = (at) => EDGE + ((WIDTH - 2 * EDGE) * (at - from)) / Math.max(to - from, 1);
  return html`<section class="life">
    <h2>${done ? t('life.done', { time: span(to - from) }) : t('life.open')}</h2>
    <svg viewBox=${`0 0 ${WIDTH} 24`} preserveAspectRatio="none" aria-hidden="true">
      <line x1=${EDGE} y1="12" x2=${WIDTH - EDGE} y2="12" class=${done ? '' : 'open'} />
      ${steps.map((step, index) => html`<line key=${index} class=${'mark ' + step.kind} x1=${place(step.at)} x2=${place(step.at)} y1="3" y2="21" />`)}
    </svg>
    <ol>${steps.map((step, index) => html`<li key=${index} class=${step.kind}>
      <span class="fixed">${index === 0 ? '0 ms' : `+${span(step.at - from)}`}</span>
      <span>${t(`life.${step.kind}`, { host: step.host ?? '', entity: step.entity ?? '' })}${step.reason ? html`: <bdi>${step.reason}</bdi>` : ''}</span>
    </li>`)}</ol>
  </section>`;
}

function span(ms) {
  return ms < 10_000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`;
}
