import { byId } from './dom.js';
import { textField } from './settings.js';

const DEFAULT_ATTENTION = 'shared';

/**
 * The style in words, and its strength: a slider over the presets that the attention strategy declares, from the weakest. Until it
 * is moved, the strategy's defaults apply; they are shown in the middle.
 *
 * @param {import('./store.js').Store} store
 * @param {import('./plugins.js').Plugins} plugins
 */
export function style(store, plugins) {
  textField(store, 'style');
  const slider = byId('strength');
  const name = byId('strength-name');
  const strengths = () => plugins.find('attention', store.draft.attention || DEFAULT_ATTENTION)?.strengths ?? [];

  const label = () => {
    const chosen = store.draft.strength;
    name.textContent = chosen === '' ? 'default' : chosen;
    slider.setAttribute('aria-valuetext', name.textContent);
  };
  const show = () => {
    const names = strengths();
    byId('strength-row').hidden = names.length === 0;
    slider.max = String(names.length - 1);
    const chosen = names.indexOf(store.draft.strength);
    slider.value = String(chosen < 0 ? Math.floor((names.length - 1) / 2) : chosen);
    label();
  };
  slider.addEventListener('input', () => {
    store.update({ strength: strengths()[Number(slider.value)] });
    label();
  });
  store.addEventListener('replace', show);
  store.addEventListener('attention', () => {
    if (!strengths().includes(store.draft.strength)) {
      store.update({ strength: '' });
    }
    show();
  });
  plugins.addEventListener('change', show);
}
