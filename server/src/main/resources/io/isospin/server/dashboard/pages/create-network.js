// Horizon's three steps: a network, its subnet, the subnet's details. Both are made, or neither.
import { html, useState } from '../core/html.js';
import { at, NETWORKING, send } from '../core/api.js';
import { fault } from '../core/faults.js';
import { nameOf, t } from '../core/language.js';
import { resource as resourceAt } from '../core/schema.js';
import { isAdmin } from '../core/session.js';
import { Dialog } from '../ui/dialog.js';
import { Field } from '../ui/field.js';
import { Fields, filled } from '../ui/form.js';
import { say } from '../ui/toast.js';
import { textOf } from '../ui/trouble.js';
import { projectOptions } from './project-options.js';
import { fields, shown } from './resources.js';

const SUBNET = ['name', 'ip_version', 'cidr', 'subnetpool_id', 'prefixlen', 'gateway_ip'];
const DETAILS = ['enable_dhcp', 'ipv6_address_mode', 'ipv6_ra_mode', 'allocation_pools', 'dns_nameservers', 'host_routes'];
const STEPS = ['network', 'subnet', 'details'];
const FLAG = { kind: 'boolean', choices: [] };

export function CreateNetwork({ resource, scope, close }) {
  const subnets = resourceAt('subnets');
  const networkNames = fields(resource, 'create', isAdmin() ? scope : 'project');
  const [step, setStep] = useState(0);
  const [network, setNetwork] = useState({});
  const [subnet, setSubnet] = useState({ ip_version: 4 });
  // A provider network's subnet is often somebody else's to make.
  const [withSubnet, setWithSubnet] = useState(scope === 'project');
  const [noGateway, setNoGateway] = useState(false);
  const [errors, setErrors] = useState({});
  const [busy, setBusy] = useState(false);
  const last = withSubnet ? STEPS.length - 1 : 0;
  const { extra } = shown(resource);
  const subnetExtra = { ...shown(subnets).extra, gateway_ip: { hidden: () => noGateway } };

  const show = (refusal, names, where) => {
    const { attribute = '', text } = fault({ ...refusal, message: textOf(refusal) }, names);
    setErrors({ [attribute]: text });
    setStep(where(attribute));
    setBusy(false);
  };
  const submit = async (event) => {
    event.preventDefault();
    setErrors({});
    if (step < last) return setStep(step + 1);
    setBusy(true);
    let made;
    try {
      const visible = Object.entries(network).filter(([name]) => !extra[name]?.hidden?.(network));
      made = (await send('POST', at(NETWORKING, 'networks'), { network: filled(Object.fromEntries(visible)) })).network;
    } catch (refusal) {
      return show(refusal, networkNames, () => 0);
    }
    if (withSubnet) {
      try {
        const visible = Object.entries(subnet).filter(([name]) => !subnetExtra[name]?.hidden?.(subnet));
        const body = { ...filled(Object.fromEntries(visible)), network_id: made.id, ...(noGateway ? { gateway_ip: null } : {}) };
        if (scope === 'admin' && network.project_id) body.project_id = network.project_id;
        await send('POST', at(NETWORKING, 'subnets'), { subnet: body });
      } catch (refusal) {
        await send('DELETE', at(NETWORKING, `networks/${made.id}`)).catch((left) => say(textOf(left), 'fault'));
        return show(refusal, [...SUBNET, ...DETAILS], (name) => (DETAILS.includes(name) ? 2 : 1));
      }
    }
    say(t('said.created', { name: made.name || made.id }));
    return close();
  };

  return html`<${Dialog} title=${t('action.create', { name: nameOf('network', 'one') })} close=${close} wide>
    ${withSubnet && html`<ol class="steps">${STEPS.map((name, index) => html`<li key=${name} aria-current=${index === step ? 'step' : undefined}>
      <span class="number" aria-hidden="true">${index + 1}</span>${t(`step.${name}`)}</li>`)}</ol>`}
    <form onSubmit=${submit} key=${step}>
      <div class="body">
        ${step === 0 && html`<${Fields} member="network" schema=${resource.create} names=${networkNames} values=${network} change=${setNetwork} errors=${errors}
            extra=${{ ...extra, project_id: projectOptions() }} />
          <${Field} name="with_subnet" label=${t('network.withSubnet')} help=${t('network.withSubnet.help')} facts=${FLAG} value=${withSubnet} change=${setWithSubnet} />`}
        ${step === 1 && html`<${Fields} member="subnet" schema=${subnets.create} names=${SUBNET} values=${subnet} change=${setSubnet} errors=${errors} extra=${{ ...subnetExtra, ip_version: { options: [[4, 'IPv4'], [6, 'IPv6']], required: true } }} />
          <${Field} name="no_gateway" label=${t('subnet.noGateway')} facts=${FLAG} value=${noGateway} change=${setNoGateway} />`}
        ${step === 2 && html`<${Fields} member="subnet" schema=${subnets.create} names=${DETAILS} values=${subnet} change=${setSubnet} errors=${errors} extra=${subnetExtra} />`}
      </div>
      <footer>
        <button type="button" onClick=${close}>${t('action.cancel')}</button>
        <span class="space"></span>
        ${step > 0 && html`<button type="button" onClick=${() => setStep(step - 1)}>${t('action.back')}</button>`}
        <button type="submit" class="primary" disabled=${busy}>${step < last ? t('action.next') : t('action.create', { name: '' }).trim()}</button>
      </footer>
    </form>
  </${Dialog}>`;
}
