// Above the picture: what differs, which networks it shows, and, where there are many, every host in a small field.
import { html, useState } from '../core/html.js';
import { t } from '../core/language.js';
import { Icon } from '../ui/icon.js';
import { Mark } from './draw.js';
import { named } from './host.js';
import { counted } from './text.js';

const FEW = 6;
const MANY = 200;
const NETWORKS = 24;

/** `all`: `[{ host, network, text }]`; `look`, `to`: as the picture has them. */
export function Faults({ all, look, to, quiet }) {
  const [open, setOpen] = useState(false);
  if (!all.length) return quiet ? null : html`<p class="well"><${Icon} name="check" />${t('wiring.well')}</p>`;
  const shown = all.slice(0, open ? MANY : FEW);
  return html`<section class="faults" aria-label=${counted(t, 'wiring.differences', all.length)}>
    <h2><${Icon} name="alert" />${counted(t, 'wiring.differences', all.length)}</h2>
    <ul>${shown.map((one) => html`<li key=${`${one.host} ${one.network} ${one.text}`}>
      <a href=${to({ host: one.host, network: one.network, find: named(one.text) })}><bdi>${one.host}</bdi>${one.network && html`<bdi class="faint">${look(one.network).name}</bdi>`}</a>
      <span><bdi>${one.text}</bdi></span></li>`)}</ul>
    ${all.length > shown.length && (open ? html`<p class="faint">${t('remove.more', { count: all.length - shown.length })}</p>`
      : html`<button type="button" class="plain small" onClick=${() => setOpen(true)}>${t('wiring.allDifferences', { count: all.length })}</button>`)}
  </section>`;
}

/** `networks`: ids. */
export function Legend({ networks, look, to }) {
  if (!networks.length) return null;
  return html`<nav class="legend" aria-label=${t('resource.network.many')}>${networks.slice(0, NETWORKS).map((id) => {
    const face = look(id);
    return html`<a key=${id} href=${to({ network: id })} title=${[face.name, face.detail].filter(Boolean).join(' · ')}><svg class="key" viewBox="0 0 18 18" aria-hidden="true"><${Mark} mark=${face.mark} /></svg><bdi>${face.name}</bdi><span class="faint">${face.detail}</span></a>`;
  })}${networks.length > NETWORKS && html`<span class="faint">${t('remove.more', { count: networks.length - NETWORKS })}</span>`}</nav>`;
}

/** `hosts`: `[{ host, taps, networks, faults, silent }]`, in order; `whole`: nothing is drawn below. */
export function Cells({ hosts, to, whole }) {
  return html`<nav class=${whole ? 'cells whole' : 'cells'} aria-label=${counted(t, 'wiring.hosts', hosts.length)}>${hosts.map((one) => html`<a key=${one.host} class=${[one.faults && 'bad', one.silent && 'silent'].filter(Boolean).join(' ')} href=${to({ host: one.host })}>
    <bdi>${one.host}</bdi>${one.faults ? html`<span class="count"><${Icon} name="alert" />${one.faults}<span class="hidden"> ${t('wiring.difference')}</span></span>` : html`<span></span>`}
    <span class="faint">${[one.taps !== undefined && counted(t, 'wiring.taps', one.taps), counted(t, 'wiring.networks', one.networks), one.silent && t('status.DEAD')].filter(Boolean).join(' · ')}</span>
  </a>`)}</nav>`;
}
