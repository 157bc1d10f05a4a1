// What every view is written with.
import { h } from 'preact';
import htm from 'htm';

export const html = htm.bind(h);
export { render, Fragment, createContext } from 'preact';
export { useState, useEffect, useLayoutEffect, useMemo, useRef, useCallback, useContext, useId } from 'preact/hooks';
