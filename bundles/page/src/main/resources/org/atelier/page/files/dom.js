/**
 * Creates an element. Text is always text: no function of this page parses HTML.
 *
 * @param {string} tag
 * @param {Object<string, any>} [properties] attributes; `class`; `on…` listeners; booleans set or omit an attribute
 * @param {...(Node|string|null)} children
 * @returns {HTMLElement}
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (value === true) {
      element.setAttribute(name, '');
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/**
 * @param {string} id
 * @returns {any} the element of the page with that id
 */
export function byId(id) {
  return document.getElementById(id);
}

/**
 * A button with an icon and a name for screen readers.
 *
 * @param {string} icon a name in icons.svg
 * @param {string} label
 * @param {function(Event): void} onclick
 * @param {string} [className]
 */
export function iconButton(icon, label, onclick, className = '') {
  return h('button', { type: 'button', class: `icon ${className}`, 'aria-label': label, title: label, onclick }, glyph(icon));
}

/** The paths of the icons, drawn with strokes in a box of 16 by 16. */
const GLYPHS = {
  up: 'M8 13V3M4 7l4-4 4 4',
  down: 'M8 3v10M4 9l4 4 4-4',
  remove: 'M4 4l8 8M12 4l-8 8',
  grip: 'M6 4h.01M10 4h.01M6 8h.01M10 8h.01M6 12h.01M10 12h.01',
  add: 'M8 3v10M3 8h10',
  record: 'M8 2a2 2 0 0 1 2 2v4a2 2 0 0 1-4 0V4a2 2 0 0 1 2-2M4 8a4 4 0 0 0 8 0M8 12v2',
  stop: 'M5 5h6v6H5z',
  previous: 'M10 3L5 8l5 5',
  next: 'M6 3l5 5-5 5',
};

const SVG = 'http://www.w3.org/2000/svg';

/** @param {string} name a key of GLYPHS */
export function glyph(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', GLYPHS[name]);
  svg.append(path);
  return svg;
}

/**
 * Says something to screen readers.
 *
 * @param {string} text
 */
export function announce(text) {
  byId('live').textContent = text;
}

/**
 * Says something to everybody, for some seconds.
 *
 * @param {string} text
 */
export function toast(text) {
  announce(text);
  const box = byId('toast');
  box.textContent = text;
  box.classList.add('shown');
  clearTimeout(Number(box.dataset.timer));
  box.dataset.timer = String(setTimeout(() => box.classList.remove('shown'), TOAST));
}

/** How long a toast is shown, in milliseconds. */
const TOAST = 4000;

/**
 * Shows a fault at the top of the page until it is closed or replaced; an empty text removes it.
 *
 * @param {unknown} fault an Error or a text
 */
export function report(fault) {
  const text = fault instanceof Error ? fault.message : String(fault);
  byId('fault-text').textContent = text;
  byId('fault').hidden = text === '';
}

/**
 * Runs an action of the user and reports its fault.
 *
 * @param {function(): Promise<any>} action
 */
export async function attempt(action) {
  report('');
  try {
    return await action();
  } catch (fault) {
    report(fault);
    return undefined;
  }
}
