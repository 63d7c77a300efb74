import { announce, attempt, byId, h, iconButton } from './dom.js';
import { dropArea, slider } from './files.js';
import { optionFields } from './options.js';
import { titleOfPlugin } from './plugins.js';

/** How long the page waits for another change before it requests a preview. */
const PAUSE = 300;

/** The longer side of a preview where the set has no size yet. */
const PREVIEW_SIDE = 512;

/**
 * The pictures whose shapes the images follow, each with what the network sees of it.
 *
 * @param {import('./api.js').Api} api
 * @param {import('./store.js').Store} store
 * @param {import('./plugins.js').Plugins} plugins
 * @param {import('./files.js').Uploads} uploads
 */
export function controls(api, store, plugins, uploads) {
  const list = byId('controls');

  /** @param {number} index @param {Object<string, any>} values */
  const change = (index, values) => store.update({
    controls: store.draft.controls.map((control, i) => (i === index ? { ...control, ...values } : control)),
  });

  /** @param {HTMLElement} row @param {number} index */
  async function preview(row, index) {
    const { kind, file, options, width, height } = store.draft.controls[index];
    const image = row.querySelector('.preview');
    const fault = row.querySelector('.error-text');
    const scale = Math.min(1, PREVIEW_SIDE / Math.max(width ?? PREVIEW_SIDE, height ?? PREVIEW_SIDE));
    const size = store.draft.width && store.draft.height
      ? { width: store.draft.width, height: store.draft.height }
      : width && height ? { width: Math.round(width * scale), height: Math.round(height * scale) } : {};
    const model = store.draft.model ? { model: store.draft.model } : {};
    image.setAttribute('aria-busy', 'true');
    try {
      const url = URL.createObjectURL(await api.blob('preprocess', { ...model, kind, file, options, ...size }));
      image.addEventListener('load', () => URL.revokeObjectURL(url), { once: true });
      image.src = url;
      fault.hidden = true;
    } catch (problem) {
      fault.textContent = problem.message;
      fault.hidden = false;
    } finally {
      image.removeAttribute('aria-busy');
    }
  }

  /** @param {any} control @param {number} index */
  function row(control, index) {
    const kinds = plugins.of('control');
    const options = h('div', { class: 'options wide' });
    const image = h('img', { class: 'preview', alt: `What the network sees of ${control.name}` });
    const element = h('li', { class: 'file' });
    let timer = 0;
    const refresh = () => {
      clearTimeout(timer);
      timer = setTimeout(() => preview(element, index), PAUSE);
    };
    const showOptions = () => options.replaceChildren(...optionFields(
      plugins.find('control', store.draft.controls[index].kind)?.options ?? [],
      store.draft.controls[index].options,
      (values) => {
        change(index, { options: values });
        refresh();
      },
    ));
    const kind = h('select', {
      'aria-label': `Preprocessing of ${control.name}`,
      onchange: (event) => {
        change(index, { kind: event.target.value, options: {} });
        showOptions();
        refresh();
      },
    }, ...kinds.map((plugin) => h('option', { value: plugin.name, selected: plugin.name === control.kind }, titleOfPlugin(plugin))));
    const pair = h('div', { class: 'pair wide' }, uploads.thumbnail(control.file, control.name), image);
    element.append(pair, h('p', { class: 'error-text wide', hidden: true }),
      h('div', { class: 'file-fields wide' }, kind,
        slider('Scale', control.scale, { min: '0', max: '2', step: '0.05' }, (scale) => change(index, { scale })),
        h('details', {}, h('summary', { class: 'hint' }, 'Options'), options)),
      iconButton('remove', `Remove control ${control.name}`, () => {
        store.update({ controls: store.draft.controls.filter((_, i) => i !== index) });
        show();
        byId('controls-pick').focus();
        announce('Control picture removed.');
      }, 'quiet corner'));
    showOptions();
    attempt(() => preview(element, index));
    return element;
  }

  function show() {
    const { controls: all } = store.draft;
    list.replaceChildren(...all.map(row));
    byId('controls-count').textContent = all.length === 0 ? '' : all.map((control) => control.kind).join(', ');
  }

  dropArea(byId('controls-drop'), byId('controls-pick'), { accept: 'image/*', multiple: false }, async (file) => {
    const { file: path, width, height } = await uploads.add(file);
    const kind = plugins.of('control')[0]?.name ?? '';
    store.update({ controls: [...store.draft.controls, { kind, file: path, name: file.name, width, height, scale: 1, options: {} }] });
    show();
    announce(`Control picture ${file.name} added.`);
  });
  store.addEventListener('replace', show);
  plugins.addEventListener('change', () => {
    if (store.draft.controls.length > 0) {
      show();
    }
  });
}
