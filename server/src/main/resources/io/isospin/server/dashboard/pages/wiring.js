// How hosts are wired, as their agents see it: all of a small cloud, of a large one what is in focus. The focus is in the address.
import { html, useEffect, useMemo, useRef, useState } from '../core/html.js';
import { useCollection } from '../core/collection.js';
import { t } from '../core/language.js';
import { go, href } from '../core/router.js';
import { resource } from '../core/schema.js';
import { session } from '../core/session.js';
import { useStore } from '../core/store.js';
import { Icon } from '../ui/icon.js';
import { Live } from '../ui/table.js';
import { Trouble } from '../ui/trouble.js';
import { useAgents, usePorts, usePortsFound, useWidth } from '../wiring/asked.js';
import { AsList } from '../wiring/as-list.js';
import { useWirings } from '../wiring/documents.js';
import { Drawing } from '../wiring/draw.js';
import { download, sheet } from '../wiring/export.js';
import { finds, narrow, ranked } from '../wiring/find.js';
import { hostOf } from '../wiring/host.js';
import { facesOf } from '../wiring/networks.js';
import { linkLit, pathOf } from '../wiring/path.js';
import { plan } from '../wiring/plan.js';
import { Cells, Faults, Legend } from '../wiring/summary.js';
import { counted, inOrder } from '../wiring/text.js';
import { useInstances } from './instance-names.js';

/** So many hosts are drawn whole; of more, so many of those in focus. */
const ALL = 12;
const SOME = 4;
const PARTS = 24;
const TAPS = 24;
const MOST = 400; // Of a network on a host that is looked at alone.
const SHORTEST = 3;
const MARKS = 32;
const HERE = href(['admin', 'wiring']);
const LABELS = { host: 'label.host', network: 'label.network_id', port: 'label.port_id' };
const KEYS = ['network', 'host', 'port', 'find'];

const focusOf = (query) => Object.fromEntries(KEYS.map((key) => [key, query.get(key) ?? undefined]));

/** Of each of a thousand things drawn, so that it is put together by hand. */
function to(focus) {
  let query = '';
  for (const key of KEYS) if (focus[key]) query += `${query ? '&' : '?'}${key}=${encodeURIComponent(focus[key])}`;
  return `${HERE}${query}`;
}

/** Lights a way up in what is drawn; so much of it changes at once that it is not drawn anew for that. */
function light(svg, drawing, key) {
  if (!svg) return;
  svg.classList.toggle('lighting', Boolean(key));
  const lit = key ? pathOf(drawing, key) : new Set();
  svg.querySelectorAll('[data-key]').forEach((one) => one.classList.toggle('lit', lit.has(one.dataset.key)));
  svg.querySelectorAll('[data-from]').forEach((one) => one.classList.toggle('lit', linkLit(lit, { from: one.dataset.from, to: one.dataset.to })));
}

export function Wiring({ query }) {
  const { services = [] } = useStore(session);
  const focus = focusOf(query);
  const [searching, setSearching] = useState(false);
  const { documents, rows, version, error, live, refresh } = useWirings(resource('wirings'));
  const networks = useCollection(resource('networks'), { fields: ['id', 'name', 'provider:network_type', 'provider:physical_network', 'provider:segmentation_id'] });
  const agents = useAgents();
  const portsFound = usePortsFound(focus, services.includes('compute'));
  const [box, width] = useWidth(rows !== null);
  const all = useMemo(() => [...documents.all.values()], [version, rows]);
  const faces = useMemo(() => facesOf(networks.rows ?? [], t), [networks.rows, t('wiring.vlan')]);
  const faults = useMemo(() => {
    const count = new Map();
    all.forEach((one) => one.differences.length && count.set(one.host, (count.get(one.host) ?? 0) + one.differences.length));
    return count;
  }, [all]);
  const result = useMemo(() => narrow({ all, details: (id) => documents.detail.get(id), networks: faces.words, focus, ports: portsFound }), [all, faces, to(focus), portsFound]);
  const everyHost = useMemo(() => [...new Set(all.map((one) => one.host))].sort(inOrder), [all]);
  const drawnHosts = useMemo(() => drawn(result, all, everyHost, faults, focus), [result, everyHost, faults]);
  const shownDocuments = useMemo(() => {
    const hosts = new Set(drawnHosts);
    return all.filter((one) => hosts.has(one.host) && (!one.network_id || !result.networks || result.networks.has(one.network_id)));
  }, [all, drawnHosts, result]);
  const word = (focus.find ?? '').trim().toLowerCase();
  useEffect(() => {
    documents.want(shownDocuments.map((one) => one.id), Boolean(searching || word));
  }, [shownDocuments, searching, word]);
  const ports = usePorts(drawnHosts, result.networks);
  const names = useInstances([...new Set([...ports.values()].filter((one) => one.device_owner?.startsWith('compute:')).map((one) => one.device_id))], services.includes('compute'), true);

  const hosts = useMemo(() => drawnHosts.map((host) => hostOf(host, shownDocuments.filter((one) => one.host === host).map((one) => ({ ...documents.detail.get(one.id), ...one })), agents.get(host))), [shownDocuments, agents]);
  const inPicture = useMemo(() => faces.order([...new Set(hosts.flatMap((one) => one.blocks.map((block) => block.network)).filter(Boolean))]), [hosts, faces]);
  // A network keeps its colour and number while one looks at this and that, where there are not too many to tell apart.
  const known = useMemo(() => faces.order([...new Set(all.map((one) => one.network_id).filter(Boolean))]), [all, faces]);
  const marks = (id) => (known.length <= MARKS ? known : inPicture).indexOf(id);
  const look = (id) => ({ ...faces.face(id), mark: marks(id), order: inPicture.indexOf(id) });
  const of = { look, ports, names: new Map(Object.entries(names)), t, found: (block, item) => finds(word, item, result.portIds) };
  const drawing = useMemo(() => plan({ hosts, width: Math.max(300, width), limit: hosts.length === 1 ? MOST : TAPS, ...of }), [hosts, inPicture, known, width, ports, names, word, result.portIds, t('wiring.taps')]);
  useFoundInSight(box, focus, drawing);

  const inFocus = new Set(result.hosts.map((one) => one.host));
  const differences = all.filter((one) => one.differences.length && (!result.any || (inFocus.has(one.host) && (!result.networks || !one.network_id || result.networks.has(one.network_id)))))
    .flatMap((one) => one.differences.map((text) => ({ host: one.host, network: one.network_id ?? undefined, text })));
  const waiting = rows && !documents.complete();
  const cells = useMemo(() => {
    if (everyHost.length <= ALL || result.hosts.length <= 1) return null;
    const silent = (host) => agents.get(host)?.alive === false;
    return html`<${Cells} to=${(one) => to({ ...one, network: focus.network })} whole=${!hosts.length} hosts=${result.hosts
      .map((one) => ({ host: one.host, networks: one.networks.size, taps: result.networks ? undefined : agents.get(one.host)?.configurations?.devices, faults: faults.get(one.host) ?? 0, silent: silent(one.host) }))
      .sort((a, b) => b.faults - a.faults || Number(b.silent) - Number(a.silent) || inOrder(a.host, b.host))} />`;
  }, [result, agents, faults, everyHost, focus.network, !hosts.length, t('wiring.taps')]);
  // What has not changed is not compared anew at every key.
  const picture = useMemo(() => html`<${Drawing} drawing=${drawing} label=${t('nav.wiring')} marks=${marks} to=${to} light=${(key) => light(box.current?.querySelector('svg.wiring'), drawing, key)} />`, [drawing]);
  const save = () => {
    const at = new Date();
    const title = [t('nav.wiring'), focus.network && faces.face(focus.network).name, focus.host, focus.port, focus.find].filter(Boolean).join(' · ');
    download(sheet({ drawing, marks, networks: inPicture.map((id) => look(id)), title, server: location.host, at }), `wiring-${at.toISOString().slice(0, 19).replace(/[:T]/g, '')}.svg`);
  };
  const change = (to_) => go(to({ ...focus, ...to_ }), { replace: 'find' in to_ });

  return html`<section class="page broad">
    <header class="head"><h1>${t('nav.wiring')}</h1><${Live} data=${{ live, refresh }} watchable /><span class="space"></span>
      <button type="button" onClick=${save} disabled=${!drawing.shapes.length}><${Icon} name="download" />${t('wiring.export')}</button></header>
    <div class="tools" role="search">
      <span class="search wiring-search"><${Icon} name="search" /><input type="search" id="find" autocomplete="off" spellcheck="false" aria-label=${t('wiring.find')} placeholder=${t('wiring.find.hint')} value=${focus.find ?? ''} onFocus=${() => setSearching(true)} onInput=${(event) => change({ find: event.target.value || undefined })} /></span>
      ${Object.keys(LABELS).filter((key) => focus[key]).map((key) => html`<span class="chip" key=${key}><span class="faint">${t(LABELS[key])}</span>
        <bdi class="ellipsis">${key === 'network' ? faces.face(focus.network).name : key === 'port' ? ports.get(focus.port)?.name || focus.port.slice(0, 11) : focus[key]}</bdi>
        <button type="button" class="plain" aria-label=${t('filter.remove', { name: t(LABELS[key]) })} onClick=${() => change({ [key]: undefined })}><${Icon} name="close" /></button></span>`)}
      <span class="wiring-count" role="status">${rows && (result.any ? t('wiring.hostsOf', { count: result.hosts.length, all: everyHost.length }) : counted(t, 'wiring.hosts', everyHost.length))}${waiting ? ` · ${t('table.waiting')}` : ''}</span>
    </div>
    <div ref=${box}>${error && !rows ? html`<${Trouble} refusal=${error} again=${refresh} />`
      : !rows ? html`<div class="waiting" role="status">${t('table.waiting')}</div>`
        : !everyHost.length ? html`<div class="table-box empty"><p>${t(agents.size ? 'wiring.none' : 'wiring.noAgents')}</p></div>`
          : html`<${Faults} all=${differences} look=${(id) => faces.face(id)} to=${to} quiet=${result.any} />
            ${!result.hosts.length && html`<div class="table-box empty"><p>${t(waiting ? 'table.waiting' : 'table.noneFound')}</p></div>`}
            ${cells}
            ${hosts.length > 0 && html`<${Legend} networks=${inPicture} look=${look} to=${to} />
              ${result.hosts.length > hosts.length && html`<p class="faint">${t('wiring.some', { shown: hosts.length, count: result.hosts.length })}</p>`}
              <div class="canvas">${picture}</div>
              <${Words} hosts=${hosts} of=${of} />`}`}</div>
  </section>`;
}

/** Hosts whose panels are drawn: where one network or port is looked for in a small cloud, all hosts that it is on. */
function drawn(result, all, everyHost, faults, focus) {
  if (!result.any) return everyHost.length <= ALL ? everyHost : [];
  let wide = result.hosts;
  if (result.networks && !focus.host) {
    const others = [...new Set(all.filter((one) => result.networks.has(one.network_id)).map((one) => one.host))];
    if (others.length <= ALL) wide = [...result.hosts, ...others.filter((host) => !result.hosts.some((one) => one.host === host)).map((host) => ({ host, hits: 0 }))];
  }
  // A letter is found everywhere; hosts that are found by their names alone are told by their fields.
  const narrowed = focus.network || focus.port || ((focus.find ?? '').trim().length >= SHORTEST && !result.hosts.some((one) => one.whole));
  if (wide.length > ALL && !narrowed) return [];
  return ranked(wide, faults, wide.length <= ALL ? ALL : SOME, focus.find ? PARTS : Infinity);
}

function Words({ hosts, of }) {
  const [open, setOpen] = useState(false);
  return html`<details class="as-list" onToggle=${(event) => setOpen(event.target.open)}><summary>${t('wiring.asList')}</summary>${open && html`<${AsList} hosts=${hosts} of=${of} />`}</details>`;
}

/** What a difference led to is brought into sight, once. */
function useFoundInSight(box, focus, drawing) {
  const before = useRef('');
  useEffect(() => {
    const key = focus.host && focus.find ? `${focus.host} ${focus.find}` : '';
    const found = key && key !== before.current && document.activeElement?.id !== 'find' && box.current?.querySelector('svg .found');
    if (found) found.scrollIntoView({ block: 'center', behavior: 'instant' });
    if (found || !key) before.current = key;
  }, [drawing, focus.host, focus.find]);
}
