// Where one can go. What this server has, and the catalogue, decide what is there: nothing leads nowhere.
import { nameOf, t } from '../core/language.js';
import { resource, resources } from '../core/schema.js';
import { session } from '../core/session.js';
import { shown } from './resources.js';

const PROJECT = ['networks', 'subnets', 'ports', 'routers', 'floatingips', 'security-groups', 'subnetpools', 'address-scopes', 'rbac-policies'];
const ADMIN = ['networks', 'subnets', 'ports', 'routers', 'floatingips', 'agents', 'subnetpools', 'address-scopes', 'rbac-policies', 'segments', 'network-segment-ranges'];
/** Collections that pages of their own show. */
const ELSEWHERE = new Set(['changes', 'wirings']);
/** An administrator's, who looks after hosts and the underlay. */
const OPERATORS = new Set(['agents', 'segments', 'network-segment-ranges']);

function collection(scope, of) {
  return { path: [scope, of.path], icon: shown(of).icon ?? 'other', text: nameOf(of.member) };
}

function collections(scope, order, leftOut) {
  const first = order.map(resource).filter(Boolean);
  const others = resources().filter((one) => !first.includes(one) && !ELSEWHERE.has(one.path) && !leftOut(one) && (one.create || one.watchable));
  return [...first, ...others].map((one) => collection(scope, one));
}

/** A page of the dashboard's own, as against a collection's. */
function own(scope, name, icon) {
  return { path: [scope, name], icon, text: t(`nav.${name}`) };
}

/** Groups of entries, each `{ path, icon, text }`. */
export function navigation(admin) {
  const { services = [] } = session.get();
  const project = {
    key: 'project',
    entries: [
      own('project', 'overview', 'overview'),
      own('project', 'topology', 'topology'),
      ...(services.includes('compute') ? [own('project', 'instances', 'instance')] : []),
      ...collections('project', PROJECT, (one) => OPERATORS.has(one.path)),
    ],
  };
  const operator = {
    key: 'admin',
    entries: [
      ...(resource('changes') ? [own('admin', 'timeline', 'timeline')] : []),
      ...(resource('wirings') ? [own('admin', 'wiring', 'wiring')] : []),
      ...collections('admin', ADMIN, () => false),
      own('admin', 'availability', 'availability'),
      own('admin', 'quotas', 'quota'),
    ],
  };
  return { sections: admin ? [project, operator] : [project] };
}
