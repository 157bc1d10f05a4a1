// Wordings. A language is a file of flat keys in language/, and a line here.
import { store } from './store.js';
import { preferences } from './preferences.js';

export const LANGUAGES = { en: 'English', ko: '한국어' };

const FALLBACK = 'en';
const loaded = {};
export const language = store({ code: FALLBACK, words: {} });

export async function useLanguage() {
  const code = wanted();
  await Promise.all([...new Set([FALLBACK, code])].map(load));
  document.documentElement.lang = code;
  language.set({ code, words: loaded[code] });
}

function wanted() {
  const chosen = preferences.get().language;
  if (chosen in LANGUAGES) return chosen;
  return navigator.languages.map((one) => one.split('-')[0]).find((one) => one in LANGUAGES) ?? FALLBACK;
}

async function load(code) {
  loaded[code] ??= await (await fetch(new URL(`../language/${code}.json`, import.meta.url))).json();
}

/** The wording of a key, with `{name}` replaced; undefined where no language has one. */
export function wording(key, values) {
  const text = language.get().words[key] ?? loaded[FALLBACK]?.[key];
  return text?.replace(/\{(\w+)\}/g, (whole, name) => values?.[name] ?? whole);
}

/** The wording of a key, or the key. */
export function t(key, values) {
  return wording(key, values) ?? key;
}

/** The first of several keys that this language has, before the fallback language's. */
function first(keys) {
  const { words } = language.get();
  const key = keys.find((one) => one in words) ?? keys.find((one) => one in (loaded[FALLBACK] ?? {}));
  return key && wording(key);
}

/** An attribute's label; where no language knows it, its name made readable. */
export function labelOf(member, attribute) {
  return first([`label.${member}.${attribute}`, `label.${attribute}`]) ?? readable(attribute);
}

/** A sentence of help: the language's own, or what the API's description says. */
export function helpOf(member, attribute, description) {
  const { words } = language.get();
  return words[`help.${member}.${attribute}`] ?? words[`help.${attribute}`] ?? description;
}

export function nameOf(member, count = 'many') {
  return first([`resource.${member}.${count}`]) ?? readable(member);
}

function readable(name) {
  const text = name.split(':').pop().replace(/_/g, ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
