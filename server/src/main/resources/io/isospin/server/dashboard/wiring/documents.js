// All wirings as they change: of each who it is of, what differs and its revision; what devices there are is read for those that are
// looked at. A cloud has tens of thousands, so that a change reads its own document again and no other.
import { useEffect, useRef, useState } from 'preact/hooks';
import { at, get, NETWORKING, open } from '../core/api.js';
import { session } from '../core/session.js';
import { useStore } from '../core/store.js';
import { watch } from '../core/watch.js';

const LEAN = ['id', 'host', 'network_id', 'differences', 'revision_number'];
const TOGETHER = 80; // Documents of one request: servers take addresses of 4 kB.
const WAYS = 3;
const MANY = 400; // Of so many that are missing, all are read, page by page.
const PAGE = 1000;
const REST = 60; // Between what came in and telling of it, so that a burst is one drawing.
const AGAIN = 3000;

class Documents {
  all = new Map();
  detail = new Map();
  wanted = new Set();
  asked = new Set();
  busy = 0;
  version = 0;

  constructor(tell) {
    this.tell = tell;
  }

  news() {
    this.version += 1;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.tell();
    }, REST);
  }

  begin(rows) {
    this.all = new Map(rows.map((row) => [row.id, row]));
    for (const id of this.detail.keys()) if (!this.all.has(id)) this.detail.delete(id);
    this.read();
    this.news();
  }

  take({ type, wiring }) {
    if (type === 'deleted') {
      this.all.delete(wiring.id);
      this.detail.delete(wiring.id);
    } else {
      this.all.set(wiring.id, { ...this.all.get(wiring.id), ...wiring });
    }
    this.read();
    this.news();
  }

  /** Whether it is read, and as it is now. */
  has(id) {
    return this.detail.get(id)?.revision_number === this.all.get(id)?.revision_number;
  }

  /** These are looked at; `everything`: all others are searched as well. */
  want(ids, everything) {
    this.wanted = new Set(ids);
    this.everything = everything;
    this.read();
  }

  missing(ids) {
    return [...ids].filter((id) => this.all.has(id) && !this.has(id) && !this.asked.has(id));
  }

  /** Whether all that is wanted is there. */
  complete() {
    const there = (id) => !this.all.has(id) || this.detail.has(id);
    return [...this.wanted].every(there) && (!this.everything || [...this.all.keys()].every(there));
  }

  read() {
    if (this.ended || this.again) return;
    const first = this.missing(this.wanted);
    while (first.length && this.busy < WAYS) this.some(first.splice(0, TOGETHER));
    if (!this.everything || this.paging) return;
    const others = this.missing(this.all.keys());
    if (others.length > MANY) this.pages();
    else while (others.length && this.busy < WAYS) this.some(others.splice(0, TOGETHER));
  }

  keep(read) {
    for (const one of read) {
      this.detail.set(one.id, one);
      // What is read may be newer than what was told.
      const known = this.all.get(one.id);
      if (known && known.revision_number < one.revision_number) this.all.set(one.id, { ...known, differences: one.differences, revision_number: one.revision_number });
    }
    this.error = null;
    this.news();
  }

  async some(ids) {
    ids.forEach((id) => this.asked.add(id));
    this.busy += 1;
    try {
      const { wirings } = await get(at(NETWORKING, 'wirings', ids.map((id) => ['id', id])));
      this.keep(wirings);
      // What is gone is told by the watch, and not asked for again until then.
      ids.filter((id) => !this.detail.has(id)).forEach((id) => this.wanted.delete(id));
    } catch (error) {
      this.fail(error);
    }
    this.busy -= 1;
    ids.forEach((id) => this.asked.delete(id));
    this.read();
  }

  async pages() {
    this.paging = true;
    try {
      for (let marker; !this.ended;) {
        const { wirings } = await get(at(NETWORKING, 'wirings', [['limit', PAGE], ...(marker ? [['marker', marker]] : [])]));
        this.keep(wirings);
        if (wirings.length < PAGE) break;
        marker = wirings.at(-1).id;
      }
    } catch (error) {
      this.fail(error);
    }
    this.paging = false;
    this.read();
  }

  fail(error) {
    this.error = error;
    this.again ??= setTimeout(() => {
      this.again = undefined;
      this.read();
    }, AGAIN);
    this.news();
  }

  end() {
    this.ended = true;
    clearTimeout(this.timer);
    clearTimeout(this.again);
  }
}

/** `{ documents, rows, error, live, refresh }`; `rows` null until they are there. `documents.want(ids)` has their devices read. */
export function useWirings(resource) {
  const { epoch, state } = useStore(session);
  const [, again] = useState(0);
  const [turn, setTurn] = useState(0);
  const [shown, setShown] = useState({ ready: false, error: null, live: false });
  const ref = useRef(null);
  ref.current ??= new Documents(() => again((count) => count + 1));
  const documents = ref.current;
  useEffect(() => {
    if (!resource || state === 'expired') return undefined;
    const abort = new AbortController();
    const query = LEAN.map((field) => ['fields', field]);
    const refresh = () => setTurn((count) => count + 1);
    let end = () => {};
    (async () => {
      try {
        const answer = await open(at(NETWORKING, resource.path, query), { signal: abort.signal });
        const body = await answer.json();
        if (abort.signal.aborted) return;
        documents.begin(body[resource.key]);
        setShown((before) => ({ ...before, ready: true, error: null }));
        end = watch({
          path: resource.path, query, revision: answer.headers.get('X-Isospin-Revision'), lost: refresh,
          state: (live) => setShown((before) => ({ ...before, live })),
          change: (line) => documents.take(line),
        });
      } catch (error) {
        if (!abort.signal.aborted) setShown((before) => ({ ...before, error, live: false }));
      }
    })();
    return () => {
      abort.abort();
      end();
    };
  }, [resource, epoch, state, turn]);
  useEffect(() => () => documents.end(), []);
  return { documents, rows: shown.ready ? documents.all : null, version: documents.version, error: shown.error, live: shown.live, refresh: () => setTurn((count) => count + 1) };
}
