/**
 * What the user has entered for the next set.
 *
 * @typedef {Object} Draft
 * @property {string[]} prompts
 * @property {string} style
 * @property {string} negative
 * @property {string} strength the name of a preset; empty for the strategy's defaults
 * @property {{file: string, name: string, weight: number, prompt: string}[]} references
 * @property {{kind: string, input: string, name: string, options: Object<string, any>}[]} contexts
 * @property {{kind: string, file: string, name: string, scale: number, options: Object<string, any>}[]} controls
 * @property {string} card the file of a style card, or empty
 * @property {string} model empty for the default
 * @property {string} attention empty for the default
 * @property {Object<string, any>} attentionOptions
 * @property {string} sampler empty for the model's
 * @property {Object<string, any>} samplerOptions
 * @property {?number} width
 * @property {?number} height
 * @property {?number} seed
 * @property {?number} steps
 * @property {?number} guidance
 */

const KEY = 'atelier.draft';

/** @returns {Draft} */
export function emptyDraft() {
  return {
    prompts: [''],
    style: '',
    negative: '',
    strength: '',
    references: [],
    contexts: [],
    controls: [],
    card: '',
    model: '',
    attention: '',
    attentionOptions: {},
    sampler: '',
    samplerOptions: {},
    width: null,
    height: null,
    seed: null,
    steps: null,
    guidance: null,
  };
}

/** The draft, and those who want to know of its changes. It survives a reload of the page and ends with the tab. */
export class Store extends EventTarget {
  constructor() {
    super();
    /** @type {Draft} */
    this.draft = { ...emptyDraft(), ...JSON.parse(sessionStorage.getItem(KEY) ?? '{}') };
  }

  /**
   * Changes the draft. Listeners of `change` update what depends on it.
   *
   * @param {Partial<Draft>} changes
   */
  update(changes) {
    Object.assign(this.draft, changes);
    sessionStorage.setItem(KEY, JSON.stringify(this.draft));
    this.dispatchEvent(new Event('change'));
  }

  /**
   * Puts another draft in place of this one. Listeners of `replace` show it from the start.
   *
   * @param {Partial<Draft>} draft
   */
  replace(draft) {
    this.update({ ...emptyDraft(), ...draft });
    this.dispatchEvent(new Event('replace'));
  }
}
