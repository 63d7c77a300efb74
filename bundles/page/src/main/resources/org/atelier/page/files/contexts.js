import { announce, attempt, byId, h, iconButton } from './dom.js';
import { Recorder } from './recorder.js';
import { titleOfPlugin } from './plugins.js';

/**
 * The inputs that are turned into text: files and recordings, read by any context plugin that reads files, and texts such as a place.
 *
 * @param {import('./store.js').Store} store
 * @param {import('./plugins.js').Plugins} plugins
 * @param {import('./files.js').Uploads} uploads
 */
export function contexts(store, plugins, uploads) {
  const list = byId('contexts');
  const adding = byId('contexts-add');
  const ofFiles = () => plugins.of('context').filter((plugin) => plugin.input === 'file');
  const ofTexts = () => plugins.of('context').filter((plugin) => plugin.input !== 'file');

  /** @param {number} index @param {Object<string, any>} values */
  const change = (index, values) => store.update({
    contexts: store.draft.contexts.map((context, i) => (i === index ? { ...context, ...values } : context)),
  });

  /** @param {{kind: string, input: string, name: string}} context */
  function add(context) {
    store.update({ contexts: [...store.draft.contexts, { options: {}, ...context }] });
    show();
    list.lastElementChild?.querySelector('select, input')?.focus();
    announce('Context added.');
  }

  /** @param {Blob} blob @param {string} name */
  async function upload(blob, name) {
    const { file, kind: media } = await uploads.add(blob);
    const last = sessionStorage.getItem(`atelier.context.${media}`);
    const kind = ofFiles().some((plugin) => plugin.name === last) ? last : ofFiles()[0]?.name;
    add({ kind: kind ?? '', input: file, name, media });
  }

  /** @param {any} context @param {number} index */
  function row(context, index) {
    const plugin = plugins.find('context', context.kind);
    const isFile = context.media !== undefined || plugin?.input === 'file';
    const remove = iconButton('remove', `Remove context ${context.name}`, () => {
      store.update({ contexts: store.draft.contexts.filter((_, i) => i !== index) });
      show();
      adding.querySelector('button')?.focus();
      announce('Context removed.');
    }, 'quiet');
    const fields = isFile ? fileFields(context, index) : [
      h('span', { class: 'file-name' }, plugin ? titleOfPlugin(plugin) : context.kind),
      h('input', {
        type: 'text', value: context.input, 'aria-label': `Input of ${context.kind}`,
        oninput: (event) => change(index, { input: event.target.value }),
      })];
    return h('li', { class: 'file flat' }, h('div', { class: 'file-fields' }, ...fields), remove);
  }

  /** @param {any} context @param {number} index */
  function fileFields(context, index) {
    return [
      h('span', { class: 'file-name' }, context.name),
      h('select', {
        'aria-label': `What reads ${context.name}`,
        onchange: (event) => {
          change(index, { kind: event.target.value });
          sessionStorage.setItem(`atelier.context.${context.media}`, event.target.value);
        },
      }, ...ofFiles().map((plugin) => h('option', { value: plugin.name, selected: plugin.name === context.kind }, titleOfPlugin(plugin)))),
    ];
  }

  function show() {
    list.replaceChildren(...store.draft.contexts.map(row));
    byId('contexts-count').textContent = store.draft.contexts.map((context) => context.kind).join(', ');
  }

  function showAdding() {
    const picker = h('input', { type: 'file', accept: 'audio/*,image/*', hidden: true });
    picker.addEventListener('change', () => attempt(async () => {
      const [file] = picker.files ?? [];
      picker.value = '';
      if (file) {
        await upload(file, file.name);
      }
    }));
    const files = ofFiles().length === 0 ? [] : [
      h('button', { type: 'button', class: 'secondary', onclick: () => picker.click() }, 'Add a file'),
      recordButton((blob) => upload(blob, `Recording ${store.draft.contexts.length + 1}`)),
      picker,
    ];
    adding.replaceChildren(...files, ...ofTexts().map((plugin) => h('button', {
      type: 'button', class: 'secondary', onclick: () => add({ kind: plugin.name, input: '', name: plugin.name }),
    }, `Add a ${plugin.name}`)));
  }

  const part = byId('contexts-part');
  part.addEventListener('dragover', (event) => event.preventDefault());
  part.addEventListener('drop', (event) => {
    event.preventDefault();
    attempt(async () => {
      for (const file of event.dataTransfer?.files ?? []) {
        await upload(file, file.name);
      }
    });
  });
  store.addEventListener('replace', show);
  plugins.addEventListener('change', () => {
    showAdding();
    show();
  });
}

/**
 * Starts a recording, and ends it at the second click.
 *
 * @param {function(Blob): Promise<void>} onrecorded
 */
function recordButton(onrecorded) {
  /** @type {?Recorder} */
  let recorder = null;
  const button = h('button', { type: 'button', class: 'secondary record', 'aria-pressed': 'false' }, 'Record a voice');
  const state = (recording, text) => {
    button.setAttribute('aria-pressed', String(recording));
    button.textContent = text;
  };
  button.addEventListener('click', () => attempt(async () => {
    if (recorder) {
      const recording = recorder;
      recorder = null;
      state(false, 'Record a voice');
      await onrecorded(await recording.stop());
    } else {
      recorder = await Recorder.start();
      state(true, 'Stop recording');
      announce('Recording.');
    }
  }));
  return button;
}
