import { announce } from './dom.js';

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
  }

  async refresh() {
    const { plugins } = await this.api.get('plugins');
    if (JSON.stringify(plugins) === JSON.stringify(this.all)) {
      return;
    }
    const known = new Set(this.all.map(idOf));
    const added = plugins.filter((plugin) => plugin.state === 'ready' && !known.has(idOf(plugin)));
    if (known.size > 0 && added.length > 0) {
      announce(`New: ${added.map(idOf).join(', ')}.`);
    }
    this.all = plugins;
    this.dispatchEvent(new Event('change'));
  }

  /** The plugins of a kind that a request can name. @param {string} kind */
  of(kind) {
    return this.all.filter((plugin) => plugin.kind === kind && plugin.state === 'ready');
  }

  /** @param {string} kind @param {string} name */
  find(kind, name) {
    return this.of(kind).find((plugin) => plugin.name === name);
  }
}

/** @param {Plugin} plugin */
function idOf(plugin) {
  return `${plugin.kind}.${plugin.name}`;
}

/** @param {Plugin} plugin */
export function titleOfPlugin(plugin) {
  return plugin.title === '' || plugin.title.toLowerCase() === plugin.name ? plugin.name : `${plugin.name} – ${plugin.title}`;
}
