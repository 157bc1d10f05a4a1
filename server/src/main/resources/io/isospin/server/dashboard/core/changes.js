// What has happened, the newest first: as far back as one reads, and on as it goes on.
import { useCallback, useEffect, useState } from 'preact/hooks';
import { at, NETWORKING, open } from './api.js';
import { session } from './session.js';
import { useStore } from './store.js';
import { watch } from './watch.js';

const PAGE = 100;
const MOST = 2000; // Entries that are kept for a person to read; of those that come, the oldest go.

/** `filters`: pairs, as the API's list of changes takes them. `older()` reads on, where `more` says that there is something. */
export function useChanges(filters) {
  const { epoch, state } = useStore(session);
  const [shown, setShown] = useState({ rows: null, error: null, live: false, more: false });
  const [turn, setTurn] = useState(0);
  const key = JSON.stringify([filters, epoch]);
  const refresh = useCallback(() => setTurn((count) => count + 1), []);

  useEffect(() => {
    if (state === 'expired') return undefined;
    const abort = new AbortController();
    let end = () => {};
    (async () => {
      try {
        const { rows, revision } = await read(filters, undefined, abort.signal);
        if (abort.signal.aborted) return;
        setShown((before) => ({ ...before, rows, error: null, more: rows.length === PAGE }));
        end = watch({
          path: 'changes',
          query: filters,
          revision,
          lost: refresh,
          state: (live) => setShown((before) => ({ ...before, live })),
          change: (line) => setShown((before) => ({ ...before, rows: [{ ...line.change, fresh: true }, ...before.rows].slice(0, MOST) })),
        });
      } catch (error) {
        if (!abort.signal.aborted) setShown((before) => ({ ...before, error, live: false }));
      }
    })();
    return () => {
      abort.abort();
      end();
    };
  }, [key, turn, state]);

  const older = async () => {
    const last = shown.rows.at(-1).id;
    try {
      const { rows } = await read(filters, last);
      setShown((before) => (before.rows.at(-1)?.id === last ? { ...before, rows: [...before.rows, ...rows], more: rows.length === PAGE } : before));
    } catch (error) {
      setShown((before) => ({ ...before, error }));
    }
  };
  return { ...shown, older, refresh };
}

async function read(filters, marker, signal) {
  const page = [['limit', PAGE], ...(marker ? [['marker', marker]] : [])];
  const answer = await open(at(NETWORKING, 'changes', [...filters, ...page]), { signal });
  return { rows: (await answer.json()).changes, revision: answer.headers.get('X-Isospin-Revision') };
}
