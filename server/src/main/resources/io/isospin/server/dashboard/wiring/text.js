// Words in the picture: how wide they are, near enough to cut them before they run out of their box. A picture has to be the same
// wherever it is drawn, so that nothing is measured on the screen.
const NARROW = /[ijltfrI.,:;'|!()[\]\- ]/;
const WIDE = /[mwMW@%]/;
const FULL = /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe6f\uff00-\uffe6]|[\ud800-\udbff][\udc00-\udfff]/;

/** In pixels; `mono`: of a face in which each is as wide as another. */
export function widthOf(text, size, mono = false) {
  let width = 0;
  for (const one of text) width += FULL.test(one) ? 1.02 : mono ? 0.61 : WIDE.test(one) ? 0.95 : NARROW.test(one) ? 0.39 : /[A-Z]/.test(one) ? 0.71 : 0.63;
  return width * size;
}

/** As much of a text as there is room for. */
export function fit(text, room, size, mono = false) {
  if (widthOf(text, size, mono) <= room) return text;
  let kept = '';
  for (const one of text) {
    if (widthOf(`${kept}${one}…`, size, mono) > room) break;
    kept += one;
  }
  return `${kept.trimEnd()}…`;
}

/** Lines of a sentence; a word that is longer than a line is cut in pieces. */
export function wrap(text, room, size, most = 6) {
  const lines = [];
  let line = '';
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line ? `${line} ${word}` : word;
    if (widthOf(longer, size) <= room) {
      line = longer;
      continue;
    }
    if (line) lines.push(line);
    line = word;
    while (widthOf(line, size) > room) {
      let piece = '';
      for (const one of line) {
        if (piece && widthOf(piece + one, size) > room) break;
        piece += one;
      }
      if (piece.length === line.length) break;
      lines.push(piece);
      line = line.slice(piece.length);
    }
  }
  if (line) lines.push(line);
  return lines.length <= most ? lines : [...lines.slice(0, most - 1), `${lines[most - 1]} …`];
}

/** How many there are of something, in words: one of them has wording of its own. */
export function counted(t, key, count) {
  return t(count === 1 ? `${key}.one` : key, { count });
}

/** The order of names, numbers in them as numbers. One for all: to make it anew for each comparison takes longer than a page may. */
export const inOrder = new Intl.Collator('en', { numeric: true }).compare;
