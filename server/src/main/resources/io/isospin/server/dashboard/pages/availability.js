// How many addresses each network has left. The server counts them when it is asked, so this is of the time it says.
import { html, useEffect, useState } from '../core/html.js';
import { at, get, NETWORKING } from '../core/api.js';
import { language, t } from '../core/language.js';
import { href } from '../core/router.js';
import { Icon } from '../ui/icon.js';
import { Table } from '../ui/table.js';

const NEARLY = 0.8;

function Share({ used, total }) {
  const share = total > 0 ? Math.min(used / total, 1) : 0;
  const kind = share >= 1 && total > 0 ? 'full' : share >= NEARLY ? 'nearly' : '';
  return html`<svg class=${'share ' + kind} viewBox="0 0 100 4" preserveAspectRatio="none" role="img" aria-label=${`${Math.round(share * 100)} %`}>
    <rect class="all" width="100" height="4" /><rect class="part" width=${share * 100} height="4" /></svg>`;
}

export function Availability() {
  const [data, setData] = useState({ rows: null, error: null, loading: true });
  const [turn, setTurn] = useState(0);
  const refresh = () => setTurn((count) => count + 1);
  useEffect(() => {
    const abort = new AbortController();
    get(at(NETWORKING, 'network-ip-availabilities'), { signal: abort.signal })
      .then((answer) => setData({ rows: answer.network_ip_availabilities.map((one) => ({ ...one, id: one.network_id, name: one.network_name })), at: new Date() }))
      .catch((error) => abort.signal.aborted || setData({ rows: null, error }));
    return () => abort.abort();
  }, [turn]);
  const number = new Intl.NumberFormat(language.get().code);
  // A /64 has more addresses than a person reads.
  const count = (value) => (value >= 1e12 ? `10${superscript(Math.round(Math.log10(value)))}` : number.format(value));
  const columns = [
    { name: 'name', label: t('resource.network.many'), cell: (row) => html`<a class="ellipsis" title=${row.name} href=${href(['admin', 'networks', row.id])}><bdi>${row.name || row.id}</bdi></a>` },
    { name: 'used', label: t('availability.used'), cell: (row) => count(row.used_ips) },
    { name: 'total', label: t('availability.total'), cell: (row) => count(row.total_ips) },
    { name: 'share', label: t('availability.share'), cell: (row) => html`<${Share} used=${row.used_ips} total=${row.total_ips} />` },
    { name: 'subnets', label: t('resource.subnet.many'), minor: true, cell: (row) => html`<span class="lines">${row.subnet_ip_availability.map((one) => html`
      <a key=${one.subnet_id} href=${href(['admin', 'subnets', one.subnet_id])}><span class="fixed">${one.cidr}</span> <span class="faint">${t('gauge.of', { used: count(one.used_ips), limit: count(one.total_ips) })}</span></a>`)}</span>` },
  ];
  const time = data.at && new Intl.DateTimeFormat(language.get().code, { timeStyle: 'medium' }).format(data.at);
  return html`<section class="page">
    <header class="head"><h1>${t('nav.availability')}</h1>
      ${time && html`<span class="faint">${t('availability.at', { time })}</span>`}
      <button type="button" class="plain small" onClick=${refresh}><${Icon} name="refresh" />${t('action.refresh')}</button></header>
    <${Table} caption=${t('nav.availability')} columns=${columns} data=${{ ...data, refresh }} />
  </section>`;
}

function superscript(value) {
  return String(value).replace(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[digit]);
}
