import { byId } from './dom.js';

const KEY = 'atelier.token';

/**
 * The token of the server: from the address (`#token=…`, which is then removed from it), else from this tab, else asked for.
 *
 * @returns {Promise<string>}
 */
export async function token() {
  takeFromAddress();
  window.addEventListener('hashchange', () => takeFromAddress() && location.reload());
  const known = sessionStorage.getItem(KEY);
  return known === null || known === '' ? ask('') : known;
}

/** @returns {boolean} whether there was one */
function takeFromAddress() {
  const given = new URLSearchParams(location.hash.slice(1)).get('token');
  if (given === null) {
    return false;
  }
  history.replaceState(null, '', location.pathname + location.search);
  remember(given);
  return true;
}

/** Discards a token that the server refused, and reloads the page, which prompts for another. */
export function forgetToken() {
  sessionStorage.removeItem(KEY);
  location.reload();
}

/** @param {string} value */
function remember(value) {
  sessionStorage.setItem(KEY, value.trim());
}

/** @param {string} fault of the last try, or empty @returns {Promise<string>} */
async function ask(fault) {
  const dialog = byId('token-dialog');
  const input = byId('token');
  byId('token-error').textContent = fault;
  byId('token-error').hidden = fault === '';
  input.value = '';
  dialog.addEventListener('cancel', (event) => event.preventDefault());
  dialog.showModal();
  await new Promise((resolve) => dialog.addEventListener('close', resolve, { once: true }));
  const value = input.value.trim();
  if (await isValid(value)) {
    remember(value);
    return value;
  }
  return ask('The server refuses this token.');
}

/** @param {string} value */
async function isValid(value) {
  if (!/^[\x21-\x7e]+$/.test(value)) {
    return false;
  }
  const response = await fetch('/v1/capabilities', { headers: { Authorization: `Bearer ${value}` } });
  return response.ok;
}
