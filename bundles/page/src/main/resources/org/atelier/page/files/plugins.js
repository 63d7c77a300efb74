import { toast } from './dom.js';

/**
 * An option of a plugin, as its metatype declares it.
 *
 * @typedef {{name: string, type: string, range: string, default: string, description: string}} Option
 */

/**
 * @typedef {Object} Plugin
 * @property {string} kind
 * @property {string} name
 * @property {string} state
 * @property {string} title
 * @property {string} description
 * @property {Option[]} options
 * @property {string[]} [strengths] of an attention strategy, the weakest first
 * @property {string} [input] of a context: `file` or `text`
 */

/** The plugins of the server. Fires `change` when one was deployed, replaced or removed. */
export class Plugins extends EventTarget {
  /** @param {import('./api.js').Api} api */
  constructor(api) {
    super();
    this.api = api;
    /** @type {Plugin[]} */
    this.all = [];
    this.etag = '';
  }

  /** Requests the list, which the server sends only if it has changed. */
  async refresh() {
    const headers = this.etag === '' ? {} : { 'If-None-Match': this.etag };
    const response = await this.api.fetch('plugins', { headers });
    if (response.status === 304) {
      return;
    }
    const { plugins } = await response.json();
    this.etag = response.headers.get('ETag') ?? '';
    const known = new Set(this.all.map(idOf));
    const added = plugins.filter((plugin) => plugin.state === 'ready' && !known.has(idOf(plugin)));
    if (known.size > 0 && added.length > 0) {
      toast(`New: ${added.map(idOf).join(', ')}.`);
    }
    this.all = plugins;
    this.dispatchEvent(new Event('change'));
  }

  /** The plugins of a kind that a request can name. @param {string} kind */
  of(kind) {
    return this.all.filter((plugin) => plugin.kind === kind && plugin.state === 'ready');
  }

  /**
   * The options of a plugin that differ from its defaults: a resolved request names all of them, and they would prevail over a strength
   * that is chosen later.
   *
   * @param {string} kind
   * @param {string} name
   * @param {Object<string, any>} values
   */
  withoutDefaults(kind, name, values) {
    const defaults = new Map((this.find(kind, name)?.options ?? []).map((option) => [option.name, option.default]));
    const isDefault = (key, value) => defaults.has(key)
      && (String(value) === defaults.get(key) || (typeof value === 'number' && value === Number(defaults.get(key))));
    return Object.fromEntries(Object.entries(values).filter(([key, value]) => !isDefault(key, value)));
  }

  /** @param {string} kind @param {string} name */
  find(kind, name) {
    return this.of(kind).find((plugin) => plugin.name === name);
  }
}

/** Between two questions whether plugins have changed, in milliseconds. */
const INTERVAL = 3000;

/** How long the page asks after the last sign of a user: an idle page costs the server nothing. */
const ATTENTION = 120_000;

/**
 * Polls for changes of the plugins while the page is in use.
 *
 * @param {Plugins} plugins
 */
export function watchPlugins(plugins) {
  let last = Date.now();
  const noticed = () => {
    const idle = Date.now() - last > ATTENTION;
    last = Date.now();
    if (idle) {
      plugins.refresh().catch(() => {});
    }
  };
  for (const sign of ['pointermove', 'keydown', 'visibilitychange', 'focusin']) {
    document.addEventListener(sign, noticed, { passive: true });
  }
  setInterval(() => {
    if (!document.hidden && Date.now() - last < ATTENTION) {
      plugins.refresh().catch(() => {});
    }
  }, INTERVAL);
}

/** @param {Plugin} plugin */
function idOf(plugin) {
  return `${plugin.kind}.${plugin.name}`;
}

/** @param {Plugin} plugin */
export function titleOfPlugin(plugin) {
  return plugin.title === '' || plugin.title.toLowerCase() === plugin.name ? plugin.name : `${plugin.name} – ${plugin.title}`;
}
