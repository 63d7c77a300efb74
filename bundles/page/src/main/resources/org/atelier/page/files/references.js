import { announce, byId, h, iconButton } from './dom.js';
import { dropArea, slider } from './files.js';

/**
 * The pictures whose style the set takes, each with a weight and a prompt.
 *
 * @param {import('./store.js').Store} store
 * @param {import('./files.js').Uploads} uploads
 */
export function references(store, uploads) {
  const list = byId('references');

  /** @param {number} index @param {Object<string, any>} change */
  const change = (index, values) => store.update({
    references: store.draft.references.map((reference, i) => (i === index ? { ...reference, ...values } : reference)),
  });

  function show() {
    const { references: all } = store.draft;
    list.replaceChildren(...all.map((reference, index) => h('li', { class: 'file' },
      uploads.thumbnail(reference.file, reference.name),
      h('div', { class: 'file-fields' },
        h('input', {
          type: 'text', value: reference.prompt, placeholder: 'What it shows, and its style',
          'aria-label': `Prompt of reference ${reference.name}`,
          oninput: (event) => change(index, { prompt: event.target.value }),
        }),
        all.length > 1
          ? slider('Weight', reference.weight, { min: '0.05', max: '2', step: '0.05' }, (weight) => change(index, { weight }))
          : h('p', { class: 'hint' }, 'Without a prompt, a caption is generated.')),
      iconButton('remove', `Remove reference ${reference.name}`, () => {
        store.update({ references: store.draft.references.filter((_, i) => i !== index) });
        show();
        byId('references-pick').focus();
        announce('Reference removed.');
      }, 'quiet'))));
  }

  dropArea(byId('references-drop'), byId('references-pick'), { accept: 'image/*', multiple: true }, async (file) => {
    const upload = await uploads.add(file);
    const reference = { file: upload.file, name: file.name, weight: 1, prompt: '' };
    store.update({ references: [...store.draft.references, reference] });
    show();
    announce(`Reference ${file.name} added.`);
  });
  store.addEventListener('replace', show);
  show();
}
