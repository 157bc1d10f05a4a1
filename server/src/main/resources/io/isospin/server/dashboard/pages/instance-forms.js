// Booting an instance, and giving it an interface.
import { html, useEffect, useState } from '../core/html.js';
import { at, COMPUTE, get, IMAGE, NETWORKING, send } from '../core/api.js';
import { t } from '../core/language.js';
import { isAdmin, session } from '../core/session.js';
import { Dialog } from '../ui/dialog.js';
import { Field } from '../ui/field.js';
import { Icon } from '../ui/icon.js';
import { say } from '../ui/toast.js';
import { textOf, Trouble } from '../ui/trouble.js';

const TEXT = { kind: 'text', maxLength: 255, choices: [] };
const CHOICE = { kind: 'choice', choices: [] };

const options = (all) => all.map((one) => [one.id, one.name || one.id]);

/** Networks that the project may use: its own, and what is shared with it. */
async function usable() {
  const fields = [['fields', 'id'], ['fields', 'name'], ['limit', 500]];
  const lists = await Promise.all([['project_id', session.get().project.id], ['shared', 'true']]
    .map((filter) => get(at(NETWORKING, 'networks', [filter, ...fields]))));
  return [...new Map(lists.flatMap((one) => one.networks).map((one) => [one.id, one])).values()].sort((a, b) => a.name.localeCompare(b.name));
}

function Form({ title, load, fields, first, submit, done, close }) {
  const [given, setGiven] = useState(null);
  const [values, setValues] = useState({});
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    load().then((all) => {
      setValues(first?.(all) ?? {});
      setGiven(all);
    }, setGiven);
  }, []);
  const send_ = async (event) => {
    event.preventDefault();
    setBusy(true);
    try {
      await submit(values);
      say(done(values));
      close();
    } catch (refusal) {
      setError(textOf(refusal));
      setBusy(false);
    }
  };
  return html`<${Dialog} title=${title} close=${close}>
    ${given instanceof Error ? html`<div class="body"><${Trouble} refusal=${given} /></div>` : !given ? html`<div class="body waiting">${t('table.waiting')}</div>` : html`<form onSubmit=${send_}>
      <div class="body"><div class="fields">
        ${error && html`<p class="error" role="alert"><${Icon} name="alert" /><bdi>${error}</bdi></p>`}
        ${fields(given).filter(Boolean).map((one) => html`<${Field} key=${one.name} ...${one} value=${values[one.name]} change=${(value) => setValues({ ...values, [one.name]: value })} />`)}
      </div></div>
      <footer><button type="button" onClick=${close}>${t('action.cancel')}</button><button type="submit" class="primary" disabled=${busy}>${title}</button></footer>
    </form>`}
  </${Dialog}>`;
}

export function Boot({ close }) {
  const load = async () => {
    const [images, flavors, networks, zones] = await Promise.all([
      get(at(IMAGE, 'v2/images')), get(at(COMPUTE, 'flavors')), usable(),
      isAdmin() ? get(at(COMPUTE, 'os-hypervisors')).catch(() => ({ hypervisors: [] })) : { hypervisors: [] },
    ]);
    return { images: images.images, flavors: flavors.flavors, networks, hosts: zones.hypervisors.map((one) => one.hypervisor_hostname) };
  };
  const submit = ({ name, image, flavor, network, host }) => send('POST', at(COMPUTE, 'servers'), {
    server: { name, imageRef: image, flavorRef: flavor, networks: [{ uuid: network }], ...(host ? { availability_zone: `nova:${host}` } : {}) },
  });
  const fields = ({ images, flavors, networks, hosts }) => [
    { name: 'name', label: t('label.name'), facts: TEXT, required: true },
    { name: 'image', label: t('instance.image'), facts: CHOICE, required: true, options: options(images) },
    { name: 'flavor', label: t('instance.flavor'), facts: CHOICE, required: true, options: options(flavors) },
    { name: 'network', label: t('resource.network.one'), facts: CHOICE, required: true, options: options(networks) },
    hosts.length > 0 && { name: 'host', label: t('label.host'), facts: CHOICE, options: hosts.map((one) => [one, one]), help: t('instance.host.help') },
  ];
  const first = ({ images, flavors, networks }) => ({ image: images[0]?.id, flavor: flavors[0]?.id, network: networks[0]?.id });
  return html`<${Form} title=${t('instance.boot')} load=${load} fields=${fields} first=${first} submit=${submit} done=${({ name }) => t('said.created', { name })} close=${close} />`;
}

export function Attach({ id, close }) {
  const fields = (networks) => [{ name: 'network', label: t('resource.network.one'), facts: CHOICE, required: true, options: options(networks) }];
  const submit = ({ network }) => send('POST', at(COMPUTE, `servers/${id}/os-interface`), { interfaceAttachment: { net_id: network } });
  return html`<${Form} title=${t('instance.attach')} load=${usable} fields=${fields} submit=${submit} done=${() => t('instance.attached')} close=${close} />`;
}
