// Shapes as SVG. Each that leads somewhere is a link, so that keys reach it as well.
import { html } from '../core/html.js';

const ICONS = {
  alert: 'M7 1.500l6 11h-12zM7 5.500v3.500M7 10.900v.1',
  instance: 'M1.500 2.500h11v7h-11zM4.500 12.500h5M7 9.500v3',
  agent: 'M2.500 4.500h9v7h-9zM7 1.500v3M5 7.500v1M9 7.500v1',
  port: 'M2.500 1.500h9v7l-2 2v2h-5v-2l-2-2zM5 1.500v3M7 1.500v3M9 1.500v3',
  question: 'M4.500 5a2.500 2.500 0 1 1 3.700 2.200c-.8.500-1.200 1-1.200 1.800M7 11.500v.1',
};

/** A network's mark: its number, in its colour and one of four outlines, so that no colour has to be told from another. */
export function Mark({ mark, x = 0, y = 0, size = 18 }) {
  const half = size / 2;
  const outline = [
    html`<rect x="1" y="1" width=${size - 2} height=${size - 2} rx="4" />`,
    html`<circle cx=${half} cy=${half} r=${half - 1} />`,
    html`<path d=${`M${half} .5L${size - 0.5} ${half}L${half} ${size - 0.5}L.5 ${half}Z`} />`,
    html`<path d=${`M${size * 0.27} 1H${size * 0.73}L${size - 0.5} ${half}L${size * 0.73} ${size - 1}H${size * 0.27}L.5 ${half}Z`} />`,
  ][Math.floor(mark / 8) % 4];
  return html`<g class=${`mark net${mark % 8}`} transform=${`translate(${x} ${y})`}>${outline}<text x=${half} y=${half + 4} text-anchor="middle">${mark + 1}</text></g>`;
}

function classes(shape, marks, state) {
  const mark = shape.net ? marks(shape.net) : null;
  return [shape.type, shape.role, mark === null ? 'netless' : `net${mark % 8}`, shape.bad && 'bad', shape.ghost && 'ghost', shape.down && 'down', shape.found && 'found', shape.silent && 'silent', shape.tunnels && 'tunnels', state].filter(Boolean).join(' ');
}

function Line({ line }) {
  return html`<text x=${line.x} y=${line.y} text-anchor=${line.middle ? 'middle' : undefined} class=${[line.mono && 'mono', line.small && 'small', line.strong && 'strong'].filter(Boolean).join(' ')}>${line.text}</text>`;
}

function Sign({ name, x, y }) {
  return html`<path class=${`sign ${name}`} transform=${`translate(${x} ${y})`} d=${ICONS[name]} />`;
}

function inner(shape) {
  switch (shape.type) {
    case 'panel': return html`<rect x=${shape.x} y=${shape.y} width=${shape.w} height=${shape.h} rx="10" />`;
    case 'rail': return html`<path d=${`M${shape.x1 + 3} ${shape.y}H${shape.x2 - 3}`} />`;
    case 'rail-name': return html`<text x=${shape.x} y=${shape.y} class="strong">${shape.text}</text>`;
    case 'host': return html`<text x=${shape.x} y=${shape.y + 14} class="name">${shape.text}</text><text x=${shape.x} y=${shape.y + 32} class="soft">${shape.detail}</text>`;
    case 'title': return html`${shape.mark === undefined ? null : html`<${Mark} mark=${shape.mark} x=${shape.x} y=${shape.y} />`}
      <text x=${shape.x + (shape.mark === undefined ? 0 : 24)} y=${shape.y + 14} class="strong">${shape.text}</text>
      <text x=${shape.right} y=${shape.y + 14} text-anchor="end" class="soft">${shape.detail}</text>`;
    case 'box': return html`<rect x=${shape.x} y=${shape.y} width=${shape.w} height=${shape.h} rx=${shape.r} />
      ${shape.icon && html`<${Sign} name=${shape.icon} x=${shape.x + 5} y=${shape.y + 5} />`}
      <g transform=${`translate(${shape.x} ${shape.y})`}>${shape.lines.map((line, index) => html`<${Line} key=${index} line=${line} />`)}</g>`;
    case 'space': return html`<rect x=${shape.x} y=${shape.y} width=${shape.w} height=${shape.h} rx="8" /><text x=${shape.x + 8} y=${shape.y + 14} class="mono small">${shape.label}</text>`;
    case 'service': return html`<g class=${shape.running ? 'running' : 'still'} transform=${`translate(${shape.x} ${shape.y})`}>
      ${shape.running ? html`<circle cx="5" r="4" /><path class="tick" d="M3 0l1.500 1.600l2.600-3" />` : html`<path class="cross" d="M2 -3l6 6M8 -3l-6 6" />`}<text x="13" y="4" class="small">${shape.text}</text></g>`;
    case 'fault': return html`<${Sign} name="alert" x=${shape.x} y=${shape.y} />${shape.lines.map((line, index) => html`<text key=${index} x=${shape.x + 20} y=${shape.y + 11 + index * 15}>${line}</text>`)}`;
    default: return html`<text x=${shape.x} y=${shape.y} class=${shape.cls ?? ''}>${shape.text}</text>`;
  }
}

export function Shape({ shape, marks, to, light }) {
  const face = inner(shape);
  const title = shape.title ?? (shape.full !== shape.text ? shape.full : undefined);
  const name = shape.title ?? shape.label ?? shape.full ?? shape.text;
  const props = { class: classes(shape, marks), 'data-key': shape.key, onPointerEnter: () => light(shape.key), onPointerLeave: () => light(null) };
  if (shape.type === 'panel') return html`<g class=${props.class} data-key=${shape.key}>${face}</g>`;
  if (!shape.focus) return html`<g ...${props}>${title && html`<title>${title}</title>`}${face}</g>`;
  return html`<a ...${props} href=${to(shape.focus)} aria-label=${name} onFocus=${() => light(shape.key)} onBlur=${() => light(null)}>${title && html`<title>${title}</title>`}${face}</a>`;
}

export function Link({ link, marks }) {
  return html`<g class=${classes(link, marks, [link.lane && 'lane', link.trunk && 'trunk'].filter(Boolean).join(' '))} data-from=${link.from} data-to=${link.to}>
    ${link.halo && html`<path class="halo" d=${link.d} />`}<path class=${link.tip ? 'wire shared' : 'wire'} d=${link.d} />${link.tip && html`<path class="wire" d=${link.tip} />`}
    ${link.joint && html`<circle cx=${link.joint[0]} cy=${link.joint[1]} r=${link.small ? 2.5 : 4.5} />`}
    ${link.gap && html`<path class="gap" d=${gapAt(link.d)} />`}</g>`;
}

/** A cross where a line has a gap. */
function gapAt(d) {
  const [, x, y] = /^M([\d.]+) ([\d.]+)/.exec(d);
  const middle = Number(x) + 1;
  return `M${middle - 4} ${Number(y) - 4}l8 8M${middle + 4} ${Number(y) - 4}l-8 8`;
}

/** `marks(network)`: its number; `to(focus)`: an address; `light(key)`. */
export function Drawing({ drawing, label, marks, to, light }) {
  const { width, height, shapes, links } = drawing;
  const under = shapes.filter((one) => one.type === 'panel');
  const rails = shapes.filter((one) => one.type === 'rail');
  const trunks = links.filter((one) => one.trunk);
  const over = shapes.filter((one) => one.type !== 'panel' && one.type !== 'rail');
  const how = { marks, to, light };
  // Walls lie under what goes through them, and the fabric under what hangs on it.
  const walls = over.filter((one) => one.type === 'space');
  return html`<svg class="wiring" role="group" aria-label=${label} xmlns="http://www.w3.org/2000/svg" viewBox=${`0 0 ${width} ${height}`} width=${width} height=${height}>
    ${rails.map((shape) => html`<${Shape} key=${shape.key + shape.row} shape=${shape} ...${how} />`)}
    ${trunks.map((link) => html`<${Link} key=${link.key} link=${link} marks=${marks} />`)}
    ${[...under, ...walls].map((shape) => html`<${Shape} key=${shape.key} shape=${shape} ...${how} />`)}
    ${links.filter((one) => !one.trunk).map((link) => html`<${Link} key=${link.key} link=${link} marks=${marks} />`)}
    ${over.filter((one) => one.type !== 'space').map((shape) => html`<${Shape} key=${shape.key} shape=${shape} ...${how} />`)}
  </svg>`;
}
