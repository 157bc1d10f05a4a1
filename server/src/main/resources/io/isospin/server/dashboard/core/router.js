// Where in the dashboard one is: #/project/networks/ID?sort=name. All of a view's state that is worth a bookmark is here.
import { store } from './store.js';

function read() {
  const [path, query] = location.hash.replace(/^#/, '').split('?', 2);
  return {
    path: path.split('/').filter(Boolean).map(decode),
    query: new URLSearchParams(query ?? ''),
  };
}

function decode(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

export const route = store(read());

addEventListener('hashchange', () => route.set(read()));

export function href(path, query = {}) {
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([key, value]) => (Array.isArray(value) ? value : [value]).map((one) => [key, one]))
      .filter(([, value]) => value !== undefined && value !== null && value !== ''),
  ).toString();
  return '#/' + path.map(encodeURIComponent).join('/') + (search ? '?' + search : '');
}

export function go(to, { replace = false } = {}) {
  if (replace) {
    history.replaceState(null, '', to);
    route.set(read());
  } else {
    location.hash = to;
  }
}
