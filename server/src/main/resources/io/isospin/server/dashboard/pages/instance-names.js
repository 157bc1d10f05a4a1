// What the compute service calls its instances; asked again when one is there that it has not told.
import { useEffect, useState } from '../core/html.js';
import { at, COMPUTE, get } from '../core/api.js';

/** Names by id, empty where there is none. `all`: of all projects, which administrators may ask for. */
export function useInstances(ids, enabled, all = false) {
  const [names, setNames] = useState({});
  const missing = enabled && ids.some((id) => !(id in names));
  useEffect(() => {
    if (!missing) return;
    get(at(COMPUTE, 'servers', all ? [['all_tenants', 'true']] : [])).then(
      (answer) => setNames({ ...Object.fromEntries(ids.map((id) => [id, ''])), ...Object.fromEntries(answer.servers.map((one) => [one.id, one.name])) }),
      () => setNames(Object.fromEntries(ids.map((id) => [id, '']))), // Their ids stand for them.
    );
  }, [missing, ids.join()]);
  return names;
}
