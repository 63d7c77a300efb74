import { byId, h } from './dom.js';
import { optionFields } from './options.js';
import { titleOfPlugin } from './plugins.js';
import { fit } from './prompts.js';

/** The numbers of a set, by the id of their field. */
const NUMBERS = ['width', 'height', 'steps', 'guidance', 'seed'];

/**
 * Model, size, steps, guidance, seed, sampler and negative prompt.
 *
 * @param {import('./store.js').Store} store
 * @param {import('./plugins.js').Plugins} plugins
 */
export function settings(store, plugins) {
  for (const name of NUMBERS) {
    byId(name).addEventListener('input', (event) => {
      const { value, validity } = event.target;
      store.update({ [name]: value === '' || !validity.valid ? null : Number(value) });
    });
  }
  textField(store, 'negative');
  pluginChoice(store, plugins, { kind: 'sampler', field: 'sampler', options: 'samplerOptions', standard: 'the model’s' });

  const show = () => NUMBERS.forEach((name) => {
    byId(name).value = store.draft[name] ?? '';
  });
  const summarise = () => {
    const { draft } = store;
    const size = draft.width && draft.height ? `${draft.width} × ${draft.height}` : '';
    const facts = [draft.model.split(/[\\/]/).at(-1), size, draft.steps ? `${draft.steps} steps` : '', draft.sampler,
      draft.seed === null ? '' : `seed ${draft.seed}`];
    byId('settings-summary').textContent = facts.filter((fact) => fact !== '').join(' · ');
  };
  store.addEventListener('replace', show);
  store.addEventListener('change', summarise);
  show();
  summarise();
}

/**
 * The installed models; the field is hidden until the server has listed them.
 *
 * @param {import('./api.js').Api} api
 * @param {import('./store.js').Store} store
 */
export async function models(api, store) {
  const select = byId('model');
  /** @type {{id: string, title?: string}[]} */
  let installed = [];

  const describe = () => {
    byId('model-hint').textContent = installed.find((model) => model.id === select.value)?.title ?? '';
  };
  const show = () => {
    const chosen = store.draft.model;
    const known = chosen === '' || installed.some((model) => model.id === chosen);
    select.replaceChildren(h('option', { value: '' }, 'default'),
      ...installed.map((model) => h('option', { value: model.id }, model.id)),
      ...(known ? [] : [h('option', { value: chosen }, chosen)]));
    select.value = chosen;
    describe();
  };
  select.addEventListener('change', () => {
    store.update({ model: select.value });
    describe();
  });
  store.addEventListener('replace', show);
  try {
    installed = (await api.get('models')).data;
    byId('model-field').hidden = false;
  } catch (fault) {
    if (fault.status !== 404) {
      throw fault;
    }
  }
  show();
}

/**
 * How the images attend to one another.
 *
 * @param {import('./store.js').Store} store
 * @param {import('./plugins.js').Plugins} plugins
 */
export function attention(store, plugins) {
  pluginChoice(store, plugins, { kind: 'attention', field: 'attention', options: 'attentionOptions', standard: 'shared' });
  const summarise = () => {
    byId('attention-summary').textContent = store.draft.attention;
  };
  store.addEventListener('change', summarise);
  summarise();
}

/**
 * A select of the plugins of a kind, and the fields of the options of the selected one.
 *
 * @param {import('./store.js').Store} store
 * @param {import('./plugins.js').Plugins} plugins
 * @param {{kind: string, field: string, options: string, standard: string}} names of the kind, of the fields of the draft, and
 *     of the default
 */
function pluginChoice(store, plugins, { kind, field, options, standard }) {
  const select = byId(field);
  const fields = byId(`${field}-options`);
  const hint = byId(`${field}-hint`);
  const { draft } = store;

  const showOptions = () => {
    const plugin = plugins.find(kind, store.draft[field] || standard);
    fields.replaceChildren(...optionFields(plugin?.options ?? [], store.draft[options], (values) => store.update({ [options]: values })));
    if (hint) {
      hint.textContent = plugin?.description ?? '';
    }
  };
  const show = () => {
    const installed = plugins.of(kind);
    const chosen = store.draft[field];
    const isDefault = installed.some((plugin) => plugin.name === standard);
    const missing = chosen !== '' && !installed.some((plugin) => plugin.name === chosen);
    select.replaceChildren(
      ...(isDefault ? [] : [h('option', { value: '' }, standard)]),
      ...installed.map((plugin) => h('option', { value: plugin.name === standard ? '' : plugin.name }, titleOfPlugin(plugin))),
      ...(missing ? [h('option', { value: chosen }, `${chosen} (not installed)`)] : []),
    );
    select.value = chosen === standard ? '' : chosen;
    showOptions();
  };
  select.addEventListener('change', () => {
    store.update({ [field]: select.value, [options]: {} });
    showOptions();
    store.dispatchEvent(new Event(field));
  });
  store.addEventListener('replace', show);
  plugins.addEventListener('change', show);
  if (draft[field] === standard) {
    store.update({ [field]: '' });
  }
}

/**
 * A text of the draft in a text area that grows.
 *
 * @param {import('./store.js').Store} store
 * @param {string} name of the field of the draft, and the id of its text area
 */
export function textField(store, name) {
  const input = byId(name);
  input.addEventListener('input', () => {
    fit(input);
    store.update({ [name]: input.value });
  });
  const show = () => {
    input.value = store.draft[name];
    fit(input);
  };
  store.addEventListener('replace', show);
  input.closest('details')?.addEventListener('toggle', () => fit(input));
  show();
}
