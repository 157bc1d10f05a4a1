// What a person chose on this browser. Nothing of it is secret: no token, no answer of the API.
import { store } from './store.js';

const KEY = 'isospin';
const DEFAULTS = { theme: 'system', language: '', project: '', pageSize: 50 };

function read() {
  try {
    return { ...DEFAULTS, ...JSON.parse(localStorage.getItem(KEY) ?? '{}') };
  } catch {
    return { ...DEFAULTS }; // A browser that keeps nothing, or what another program left there.
  }
}

export const preferences = store(read());

export function prefer(change) {
  preferences.set({ ...preferences.get(), ...change });
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences.get()));
  } catch {
    // It holds for as long as the page is open, then.
  }
}

export function applyTheme() {
  const { theme } = preferences.get();
  if (theme === 'system') {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = theme;
  }
}
