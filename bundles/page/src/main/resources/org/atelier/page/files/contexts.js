import { announce, attempt, byId, h, iconButton } from './dom.js';
import { Recorder } from './recorder.js';
import { titleOfPlugin } from './plugins.js';

/** Words in the description of a plugin that reads such files. */
const WORDS = {
  image: /image|picture|photo/i,
  audio: /audio|sound|music|song/i,
  voice: /speech|voice/i,
};

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

  /**
   * Uploads a file. The plugin that reads it is the one that the user chose last for such a file, else one that says in its
   * description that it reads it.
   *
   * @param {Blob} blob
   * @param {string} name
   * @param {string} [content] a key of WORDS
   */
  async function upload(blob, name, content) {
    const { file, kind } = await uploads.add(blob);
    const media = content ?? kind;
    const last = sessionStorage.getItem(`atelier.context.${media}`);
    const plugin = ofFiles().find((candidate) => candidate.name === last)
      ?? ofFiles().find(({ name: own, title, description }) => WORDS[media].test(`${own} ${title} ${description}`))
      ?? ofFiles()[0];
    add({ kind: plugin?.name ?? '', input: file, name, media });
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
      recordButton((blob) => upload(blob, `Recording ${store.draft.contexts.length + 1}`, 'voice')),
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
