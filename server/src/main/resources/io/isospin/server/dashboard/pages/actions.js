// What can be done with one document.
import { html, useState } from '../core/html.js';
import { t } from '../core/language.js';
import { Icon } from '../ui/icon.js';
import { Menu } from '../ui/menu.js';
import { Edit } from './edit.js';
import { Remove } from './remove.js';
import { Create } from './create.js';
import { resource as resourceAt } from '../core/schema.js';

/** `face`: of the button; three dots where it is not given. `done`: after a deletion. */
export function Actions({ resource, document, scope, done }) {
  const [dialog, setDialog] = useState(null);
  const close = () => setDialog(null);
  const name = document.name || document.id;
  const subnets = resource.member === 'network' && resourceAt('subnets');
  const items = [
    resource.update && { text: t('action.edit'), act: () => setDialog('edit') },
    subnets && { text: t('action.addSubnet'), act: () => setDialog('subnet') },
    resource.deletable && { text: t('action.delete'), danger: true, act: () => setDialog('remove') },
  ];
  return html`<${Menu} label=${t('action.of', { name })} face=${html`<${Icon} name="more" />`} items=${items} />
    ${dialog === 'edit' && html`<${Edit} resource=${resource} id=${document.id} scope=${scope} close=${close} />`}
    ${dialog === 'subnet' && html`<${Create} resource=${subnets} scope=${scope} initial=${{ network_id: document.id }} close=${close} />`}
    ${dialog === 'remove' && html`<${Remove} resource=${resource} documents=${[document]} close=${close} done=${done} />`}`;
}
