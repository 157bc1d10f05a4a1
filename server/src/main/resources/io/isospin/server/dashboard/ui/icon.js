// Line icons on a 16-pixel grid, drawn here so that none is fetched.
import { html } from '../core/html.js';

const PATHS = {
  overview: 'M2.5 9.5h4v4h-4zM9.5 2.5h4v4h-4zM2.5 2.5h4v4h-4zM9.5 9.5h4v4h-4z',
  topology: 'M8 3.5v3M8 9.5v3M3.5 8h3M9.5 8h3M6.5 6.5h3v3h-3zM6.5 1.5h3v2h-3zM6.5 12.5h3v2h-3zM1.5 7h2v2h-2zM12.5 7h2v2h-2z',
  network: 'M2.5 5.5h11M2.5 10.5h11M5.5 2.5v3M10.5 10.5v3M10.5 2.5v3M5.5 10.5v3',
  subnet: 'M2.5 3.5h11v9h-11zM2.5 6.5h11M6.5 6.5v6',
  port: 'M3.5 2.5h9v7l-2 2v2h-5v-2l-2-2zM6 2.5v3M8 2.5v3M10 2.5v3',
  pool: 'M2.5 4.5c0-1.1 2.5-2 5.5-2s5.500.9 5.5 2v7c0 1.100-2.500 2-5.500 2s-5.500-.9-5.500-2zM2.500 4.500c0 1.100 2.500 2 5.500 2s5.500-.9 5.500-2M2.500 8c0 1.100 2.500 2 5.500 2s5.500-.9 5.500-2',
  scope: 'M8 2.500a5.500 5.500 0 1 0 0 11a5.500 5.500 0 1 0 0-11zM8 6a2 2 0 1 0 0 4a2 2 0 1 0 0-4z',
  share: 'M4.500 6.500a1.800 1.800 0 1 0 0 3.600a1.800 1.800 0 1 0 0-3.600zM11.500 2.500a1.800 1.800 0 1 0 0 3.600a1.800 1.800 0 1 0 0-3.600zM11.500 10a1.800 1.800 0 1 0 0 3.600a1.800 1.800 0 1 0 0-3.600zM6.200 7.500l3.600-2M6.200 9.200l3.600 1.800',
  instance: 'M2.500 3.500h11v7h-11zM5.500 13.500h5M8 10.500v3',
  agent: 'M3.500 5.500h9v7h-9zM8 2.500v3M6 8.500v1M10 8.500v1',
  availability: 'M2.500 13.500v-4M6 13.500v-7M9.500 13.500v-9M13 13.500v-11',
  quota: 'M2.500 11.500a5.500 5.500 0 1 1 11 0M8 11.500l2.500-4',
  other: 'M3 4.500h10M3 8h10M3 11.500h6',
  menu: 'M2.500 4h11M2.500 8h11M2.500 12h11',
  more: 'M8 3.500v.1M8 8v.1M8 12.500v.1',
  close: 'M4 4l8 8M12 4l-8 8',
  plus: 'M8 3v10M3 8h10',
  check: 'M3.500 8.500l3 3l6-7',
  up: 'M4 10l4-4l4 4',
  down: 'M4 6l4 4l4-4',
  right: 'M6 4l4 4l-4 4',
  left: 'M10 4l-4 4l4 4',
  search: 'M7 3a4 4 0 1 0 0 8a4 4 0 1 0 0-8zM10 10l3.500 3.500',
  copy: 'M5.500 5.500h8v8h-8zM10.500 5.500v-3h-8v8h3',
  refresh: 'M13 8a5 5 0 1 1-1.500-3.500M13 2.500v2.500h-2.500',
  alert: 'M8 2.500l6 11h-12zM8 6.500v3.500M8 11.900v.1',
  sun: 'M8 5a3 3 0 1 0 0 6a3 3 0 1 0 0-6zM8 1.500v1M8 13.500v1M1.500 8h1M13.500 8h1M3.500 3.500l.7.7M11.800 11.800l.7.7M3.500 12.500l.7-.7M11.800 4.200l.7-.7',
  moon: 'M13 9.500a5.500 5.500 0 1 1-6.500-6.500a4.500 4.500 0 0 0 6.500 6.500z',
  system: 'M2.500 3.500h11v7h-11zM6 13.500h4',
  user: 'M8 2.500a2.700 2.700 0 1 0 0 5.400a2.700 2.700 0 1 0 0-5.400zM2.800 13.500c.5-2.700 2.600-4 5.200-4s4.700 1.300 5.200 4',
};

export function Icon({ name, label }) {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden=${label ? undefined : 'true'} role=${label ? 'img' : undefined} aria-label=${label}>
    <path d=${PATHS[name] ?? PATHS.other} />
  </svg>`;
}
