// Which DHCP agents serve a network, and which networks an agent serves; and changing that.
import { html, useEffect, useState } from '../core/html.js';
import { at, get, NETWORKING, send } from '../core/api.js';
import { labelOf, t } from '../core/language.js';
import { href } from '../core/router.js';
import { Icon } from '../ui/icon.js';
import { Table } from '../ui/table.js';
import { say } from '../ui/toast.js';
import { textOf } from '../ui/trouble.js';
import { Value } from '../ui/value.js';

const DHCP = 'DHCP agent';

function useAnswer(url, key) {
  const [shown, setShown] = useState({ rows: null, error: null });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const abort = new AbortController();
    get(url, { signal: abort.signal })
      .then((answer) => setShown({ rows: answer[key], error: null }))
      .catch((error) => abort.signal.aborted || setShown({ rows: null, error }));
    return () => abort.abort();
  }, [url.href, turn]);
  return { ...shown, refresh: () => setTurn((count) => count + 1) };
}

export function NetworkAgents({ network }) {
  const data = useAnswer(at(NETWORKING, `networks/${network}/dhcp-agents`), 'agents');
  const possible = useAnswer(at(NETWORKING, 'agents', [['agent_type', DHCP]]), 'agents');
  const change = (work) => work.then(data.refresh).catch((refusal) => say(textOf(refusal), 'fault'));
  const add = (agent) => change(send('POST', at(NETWORKING, `agents/${agent}/dhcp-networks`), { network_id: network }));
  const take = (agent) => change(send('DELETE', at(NETWORKING, `agents/${agent}/dhcp-networks/${network}`)));
  const others = (possible.rows ?? []).filter((one) => !data.rows?.some((row) => row.id === one.id));
  const columns = ['host', 'alive', 'admin_state_up', 'heartbeat_timestamp'].map((name, index) => ({
    name,
    label: labelOf('agent', name),
    cell: (row) => (index === 0 ? html`<a href=${href(['admin', 'agents', row.id])}><bdi>${row.host}</bdi></a>` : html`<${Value} name=${name} value=${row[name]} />`),
  }));
  return html`<section class="embedded">
    <div class="tools">${others.length > 0 && html`<label>${t('scheduling.add')} <select value="" onChange=${(event) => event.target.value && add(event.target.value)}>
      <option value="">${t('filter.choose')}</option>
      ${others.map((one) => html`<option value=${one.id} key=${one.id}>${one.host}</option>`)}</select></label>`}</div>
    <${Table} caption=${t('detail.dhcpAgents')} columns=${columns} data=${data} empty=${html`<p>${t('scheduling.none')}</p>`}
      actions=${(row) => html`<button type="button" class="plain" aria-label=${t('scheduling.remove', { name: row.host })} title=${t('scheduling.remove', { name: row.host })} onClick=${() => take(row.id)}><${Icon} name="close" /></button>`} />
  </section>`;
}

export function AgentNetworks({ agent }) {
  const data = useAnswer(at(NETWORKING, `agents/${agent.id}/dhcp-networks`), 'networks');
  const take = (network) => send('DELETE', at(NETWORKING, `agents/${agent.id}/dhcp-networks/${network}`)).then(data.refresh).catch((refusal) => say(textOf(refusal), 'fault'));
  const columns = ['name', 'project_id', 'admin_state_up', 'status'].map((name, index) => ({
    name,
    label: labelOf('network', name),
    cell: (row) => (index === 0 ? html`<a class="ellipsis" href=${href(['admin', 'networks', row.id])}><bdi>${row.name || row.id}</bdi></a>` : html`<${Value} name=${name} value=${row[name]} />`),
  }));
  return html`<section class="embedded">
    <${Table} caption=${t('detail.dhcpNetworks')} columns=${columns} data=${data}
      actions=${(row) => html`<button type="button" class="plain" aria-label=${t('scheduling.remove', { name: row.name || row.id })} title=${t('scheduling.remove', { name: row.name || row.id })} onClick=${() => take(row.id)}><${Icon} name="close" /></button>`} />
  </section>`;
}
