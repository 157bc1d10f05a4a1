// The picture as a file: the same drawing, with its colours written out, what it shows, when and where it was seen, and what its
// signs mean.
import { html, render } from '../core/html.js';
import { language, t } from '../core/language.js';
import { Drawing, Mark } from './draw.js';
import { fit } from './text.js';

const EDGE = 24;
const HEAD = 74;
const LEGEND = 22;
/** What XML cannot say; a name may hold anything. */
const UNSAYABLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** The rules of picture.css, with what their variables are here and now. */
function rules() {
  const sheet = [...document.styleSheets].find((one) => one.href?.endsWith('/picture.css'));
  const probe = document.createElement('span');
  document.body.append(probe);
  const known = new Map();
  const value = (name) => {
    if (!known.has(name)) {
      probe.style.color = `var(${name})`;
      known.set(name, getComputedStyle(probe).color);
    }
    return known.get(name);
  };
  const text = [...sheet.cssRules].map((rule) => rule.cssText).join('\n').replace(/var\((--[\w-]+)\)/g, (_, name) => value(name));
  const ground = value('--ground');
  probe.remove();
  return { text, ground };
}

/** `networks`: `[{ name, detail, mark }]` in the picture; `title`: what it shows. Answers the text of an SVG file. */
export function sheet({ drawing, marks, networks, title, server, at }) {
  const { text, ground } = rules();
  const width = Math.max(drawing.width, 420) + 2 * EDGE;
  const columns = Math.max(1, Math.floor((width - 2 * EDGE) / 260));
  const rows = Math.ceil(networks.length / columns);
  const below = HEAD + drawing.height + 40;
  const height = below + rows * LEGEND + 70;
  const when = new Intl.DateTimeFormat(language.get().code, { dateStyle: 'long', timeStyle: 'long' }).format(at);
  const box = document.createElement('div');
  render(html`<svg class="wiring" xmlns="http://www.w3.org/2000/svg" viewBox=${`0 0 ${width} ${height}`} width=${width} height=${height} lang=${language.get().code}>
    <title>${title}</title><desc>${`${server} ${at.toISOString()}`}</desc><style>${text}</style>
    <rect width=${width} height=${height} fill=${ground} />
    <text class="name" x=${EDGE} y=${32}>${fit(title, width - 2 * EDGE, 15)}</text>
    <text class="soft" x=${EDGE} y=${52}>${t('wiring.export.seen', { server, time: when })}</text>
    <g transform=${`translate(${EDGE} ${HEAD})`}><${Drawing} drawing=${drawing} label=${title} marks=${marks} to=${() => undefined} light=${() => {}} /></g>
    <g transform=${`translate(${EDGE} ${below})`}>
      ${networks.map((one, index) => html`<g key=${one.mark} transform=${`translate(${(index % columns) * 260} ${Math.floor(index / columns) * LEGEND})`}>
        <${Mark} mark=${one.mark} /><text x="24" y="13">${fit([one.name, one.detail].filter(Boolean).join(' · '), 230, 12)}</text></g>`)}
      <g transform=${`translate(0 ${rows * LEGEND + 14})`}>${signs().map(([cls, word], index) => html`<g key=${cls} transform=${`translate(${index * 128} 0)`}>
        <g class=${cls}><rect width="26" height="14" rx=${cls.includes('bridge') ? 3 : 6} /></g><text class="small" x="33" y="11">${word}</text></g>`)}</g>
    </g>
  </svg>`, box);
  const svg = box.firstElementChild;
  svg.querySelectorAll('[tabindex]').forEach((one) => one.removeAttribute('tabindex'));
  const written = `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}\n`.replace(UNSAYABLE, '\ufffd');
  render(null, box);
  return written;
}

function signs() {
  return [['box nic', t('wiring.kind.nic')], ['box bridge net6', t('wiring.kind.bridge')], ['box tap net6', t('wiring.kind.tap')], ['space', t('wiring.kind.namespace')], ['box bad', t('wiring.difference')], ['box ghost', t('wiring.missing')]];
}

export function download(text, name) {
  const url = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
