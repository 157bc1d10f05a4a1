// A collection as it changes: NDJSON over a fetch that does not end. It resumes by revision, and rests while nobody looks:
// a browser has six connections to a server for all its windows.
import { at, NETWORKING, open } from './api.js';

const SILENCE = 25_000; // The server says `alive` every ten seconds.
const AGAIN = [200, 1000, 3000, 8000];

/**
 * `revision`: from where; `query`: the filters and fields of the list that was shown.
 * `change(line)`: created, updated or deleted. `lost()`: what was shown must be read anew.
 * `state(live)`: whether changes come. Returns what ends it.
 */
export function watch({ path, query, revision, change, lost, state = () => {} }) {
  let at_ = revision;
  let stopped = false;
  let attempt = 0;
  let abort;
  let timer;

  async function run() {
    abort = new AbortController();
    try {
      const url = at(NETWORKING, path, [...query, ['watch', 'true'], ['revision', at_]]);
      const answer = await open(url, { signal: abort.signal });
      attempt = 0;
      state(true);
      await lines(answer.body.getReader(), take, () => abort.abort());
    } catch (fault) {
      if (stopped || document.hidden) return;
      state(false);
      if (fault.status === 410) return lost();
      // Asking again would not help: the token has ended, or policy lets lists be read and not watched.
      if (fault.status === 400 || fault.status === 401 || fault.status === 403) return;
    }
    if (!stopped && !document.hidden) timer = setTimeout(run, AGAIN[Math.min(attempt++, AGAIN.length - 1)]);
  }

  function take(line) {
    if (stopped) return;
    if (line.type === 'ended') {
      if (line.revision === undefined) lost();
      return;
    }
    if (line.revision !== undefined) at_ = line.revision;
    if (line.type === 'created' || line.type === 'updated' || line.type === 'deleted') change(line);
  }

  function look() {
    clearTimeout(timer);
    if (document.hidden) abort?.abort();
    else run();
  }

  document.addEventListener('visibilitychange', look);
  if (!document.hidden) run();
  return () => {
    stopped = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', look);
    abort?.abort();
  };
}

async function lines(reader, take, silent) {
  const decoder = new TextDecoder();
  let rest = '';
  let guard = setTimeout(silent, SILENCE);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      clearTimeout(guard);
      guard = setTimeout(silent, SILENCE);
      rest += decoder.decode(value, { stream: true });
      const all = rest.split('\n');
      rest = all.pop();
      for (const line of all) if (line) take(JSON.parse(line));
    }
  } finally {
    clearTimeout(guard);
  }
}
