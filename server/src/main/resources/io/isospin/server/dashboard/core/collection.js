// A page of a collection that stays as it is on the server.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { at, NETWORKING, open } from './api.js';
import { session } from './session.js';
import { useStore } from './store.js';
import { watch } from './watch.js';

const PAUSE = 250; // Between two readings of a page in which much is made and deleted.

/**
 * `filters`: pairs; `page`: `{ sort, dir, limit, marker, reverse }`; `fields`: which attributes, empty for all.
 * `heard` is called for every change, shown or not. What is shown changes in place; what comes or goes has the page read again, since the server knows its order.
 */
export function useCollection(resource, { filters = [], page = {}, fields = [], enabled = true, heard }) {
  const { epoch, state } = useStore(session);
  const [shown, setShown] = useState({ rows: null, next: null, previous: null, error: null, live: false });
  const [turn, setTurn] = useState(0);
  const [loading, setLoading] = useState(false);
  const reading = useRef({ last: 0, timer: 0 });
  const key = JSON.stringify([resource?.path, filters, page, fields, epoch, enabled]);

  const refresh = useCallback(() => {
    clearTimeout(reading.current.timer);
    const wait = Math.max(0, reading.current.last + PAUSE - Date.now());
    reading.current.timer = setTimeout(() => setTurn((count) => count + 1), wait);
  }, []);

  useEffect(() => {
    if (!resource || !enabled || state === 'expired') return undefined;
    const abort = new AbortController();
    let end = () => {};
    const narrow = [...filters, ...fields.map((field) => ['fields', field])];
    reading.current.last = Date.now();
    setLoading(true);
    (async () => {
      try {
        const answer = await open(at(NETWORKING, resource.path, [...narrow, ...pageQuery(resource, page)]), { signal: abort.signal });
        const body = await answer.json();
        if (abort.signal.aborted) return;
        const links = Object.fromEntries((body[`${resource.key}_links`] ?? []).map((link) => [link.rel, new URL(link.href).searchParams]));
        setShown((before) => ({ rows: body[resource.key], next: place(links.next), previous: page.marker ? place(links.previous) : null, error: null, live: before.live, at: new Date() }));
        const revision = answer.headers.get('X-Isospin-Revision');
        if (resource.watchable && revision) {
          end = watch({
            path: resource.path,
            query: narrow,
            revision,
            lost: refresh,
            state: (live) => setShown((before) => ({ ...before, live })),
            change: (line) => {
              take(line, resource, page, setShown, refresh);
              heard?.(line);
            },
          });
        }
      } catch (error) {
        if (abort.signal.aborted) return;
        setShown((before) => ({ ...before, error, live: false }));
      } finally {
        if (!abort.signal.aborted) setLoading(false);
      }
    })();
    return () => {
      abort.abort();
      end();
      clearTimeout(reading.current.timer);
    };
  }, [key, turn, state]);

  return { ...shown, loading, refresh };
}

function pageQuery(resource, { sort, dir, limit, marker, reverse }) {
  const query = [];
  if (sort && resource.sortable.has(sort)) query.push(['sort_key', sort], ['sort_dir', dir === 'desc' ? 'desc' : 'asc']);
  if (limit && resource.pages) query.push(['limit', limit]);
  if (marker) query.push(['marker', marker]);
  if (marker && reverse) query.push(['page_reverse', 'true']);
  return query;
}

function place(search) {
  return search ? { marker: search.get('marker'), reverse: search.get('page_reverse') ? 'true' : undefined } : null;
}

function take(line, resource, page, setShown, refresh) {
  const document = line[resource.member];
  setShown((before) => {
    const index = before.rows?.findIndex((row) => row.id === document.id) ?? -1;
    if (line.type === 'created' && index < 0) {
      refresh();
      return before;
    }
    if (index < 0) return before;
    const rows = [...before.rows];
    if (line.type === 'deleted') {
      rows.splice(index, 1);
      if (before.next) refresh();
    } else {
      if (page.sort && rows[index][page.sort] !== document[page.sort]) refresh();
      rows[index] = { ...rows[index], ...document };
    }
    return { ...before, rows };
  });
}

/** One document that stays as it is on the server; `gone` once it is deleted. */
export function useDocument(resource, id) {
  const { rows, error, live, refresh, loading } = useCollection(resource, { filters: [['id', id]] });
  const had = useRef(false);
  useEffect(() => {
    had.current = false;
  }, [resource, id]);
  if (rows?.length) had.current = true;
  return { document: rows?.[0], gone: rows && !rows.length && had.current, absent: rows && !rows.length && !had.current, error, live, refresh, loading };
}
