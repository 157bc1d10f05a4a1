// Requests to the public API, and through this origin to the services beside it. The token is in a cookie that scripts
// cannot read; the header says that one of our own pages asks.
export const ROOT = new URL('../../../../', import.meta.url);
export const NETWORKING = new URL('v2.0/', ROOT);
export const IDENTITY = new URL('dashboard/identity/v3/', ROOT);
export const COMPUTE = new URL('dashboard/compute/', ROOT);
export const IMAGE = new URL('dashboard/image/', ROOT);

const PAGE = { 'X-Isospin-Dashboard': '1' };

/** A refusal: `status` 0 where nothing answered. */
export class Refusal extends Error {
  constructor(status, type, message) {
    super(message);
    this.status = status;
    this.type = type;
  }
}

let unauthorized = () => {};
let ahead = 0;

/** What time it is where tokens end: a browser's clock may be wrong. */
export function now() {
  return Date.now() + ahead;
}

/** `then` is called when a token is not good any more. */
export function onUnauthorized(then) {
  unauthorized = then;
}

export async function open(url, { method = 'GET', body, signal, headers = {} } = {}) {
  let answer;
  try {
    answer = await fetch(url, {
      method,
      signal,
      credentials: 'same-origin',
      cache: 'no-store',
      headers: { ...PAGE, ...headers, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (fault) {
    if (fault.name === 'AbortError') throw fault;
    throw new Refusal(0, 'Unreachable', url.host ?? String(url));
  }
  ahead = (Date.parse(answer.headers.get('Date')) || now()) - Date.now();
  if (answer.ok) return answer;
  const refusal = read(answer.status, await answer.text());
  if (answer.status === 401) unauthorized(refusal);
  throw refusal;
}

/** Networking's, Keystone's and Nova's forms of a refusal. */
function read(status, text) {
  let body;
  try {
    body = JSON.parse(text);
  } catch {
    return new Refusal(status, '', text.slice(0, 500) || String(status));
  }
  const fault = body.NeutronError ?? body.error ?? Object.values(body)[0] ?? {};
  if (typeof fault === 'string') return new Refusal(status, '', fault);
  return new Refusal(status, fault.type ?? fault.title ?? '', fault.message ?? text);
}

export async function get(url, options) {
  return (await open(url, options)).json();
}

export async function send(method, url, body, options = {}) {
  const text = await (await open(url, { ...options, method, body })).text();
  return text ? JSON.parse(text) : null;
}

/** `query`: pairs, in order. */
export function at(base, path, query = []) {
  const url = new URL(path, base);
  for (const [key, value] of query) url.searchParams.append(key, value);
  return url;
}
