import { announce, attempt, byId, h, iconButton, toast } from './dom.js';
import { dependsOnFirst, promptOf, redrawing } from './request.js';

/** The largest seed that is drawn at random. */
const SEEDS = 2 ** 32;

/**
 * The dialog of one image: large, with its prompt and seed, and a form that generates it again.
 *
 * @param {import('./set.js').SetView} view
 * @param {import('./redraws.js').Redraws} redraws
 * @param {function(import('./job.js').Job, import('./job.js').Job['images'][0]): Promise<void>} onReference takes the image as a reference of the next set
 */
export function memberDialog(view, redraws, onReference) {
  const dialog = byId('member');

  /** @param {number} index */
  function show(index) {
    const { job } = view;
    const image = job && redraws.imageOf(job, index);
    if (!job || !image) {
      return;
    }
    const picture = h('img', { alt: image.image.prompt });
    view.images.url(image.job.id, image.image).then((url) => {
      picture.src = url;
    });
    const item = job.request.items[index];
    const frame = h('div', { class: 'frame' }, picture);
    frame.style.aspectRatio = `${item.width ?? job.request.width} / ${item.height ?? job.request.height}`;
    const prompt = h('textarea', { id: 'member-prompt', rows: '2' });
    prompt.value = promptOf(image.job.request.items.at(image.index));
    const seed = h('input', { id: 'member-seed', type: 'number', min: '0', max: '9007199254740991', required: true, value: String(image.image.seed) });
    const form = h('form', { class: 'redraw', onsubmit: (event) => redraw(event, index, prompt, seed) },
      h('label', { for: 'member-prompt' }, 'Prompt'), prompt,
      h('label', { for: 'member-seed' }, 'Seed'),
      h('div', { class: 'row' }, seed, h('button', {
        type: 'button', class: 'secondary', onclick: () => {
          seed.value = String(Math.floor(Math.random() * SEEDS));
        },
      }, 'Another')),
      h('p', { class: 'hint' }, explanation(job, index)),
      h('button', { type: 'submit', class: 'primary' }, 'Redraw'));
    const name = `${String(index).padStart(3, '0')}.png`;
    const download = h('button', {
      type: 'button', class: 'secondary', onclick: () => attempt(async () => save(await view.images.url(image.job.id, image.image), name)),
    }, 'Download');
    const reference = h('button', {
      type: 'button', class: 'secondary', onclick: () => attempt(async () => {
        dialog.close();
        await onReference(image.job, image.image);
        toast('Added to the references of the next set.');
      }),
    }, 'Use as reference');
    dialog.replaceChildren(
      h('div', { class: 'member-head' },
        h('h2', { id: 'member-title' }, `Image ${index + 1} of ${job.request.items.length}`),
        h('span', { class: 'actions' },
          iconButton('previous', 'Previous image', () => step(index, -1), 'quiet'),
          iconButton('next', 'Next image', () => step(index, 1), 'quiet'),
          iconButton('remove', 'Close', () => dialog.close(), 'quiet'))),
      h('div', { class: 'member-body' }, frame,
        h('div', { class: 'member-side' }, form, h('div', { class: 'actions' }, reference, download))));
    dialog.dataset.index = String(index);
    if (!dialog.open) {
      dialog.showModal();
    }
  }

  /** @param {number} index @param {number} by */
  function step(index, by) {
    const total = view.job?.request.items.length ?? 0;
    for (let next = index + by; next >= 0 && next < total; next += by) {
      if (view.job && redraws.imageOf(view.job, next)) {
        show(next);
        return;
      }
    }
  }

  /** @param {SubmitEvent} event @param {number} index @param {any} prompt @param {any} seed */
  function redraw(event, index, prompt, seed) {
    event.preventDefault();
    const { job } = view;
    if (!job) {
      return;
    }
    dialog.close();
    attempt(async () => {
      const change = { prompt: prompt.value.trim(), seed: Number(seed.value) };
      await redraws.submit(job, index, redrawing(job.request, index, change));
      announce(`Image ${index + 1} is being generated again.`);
    });
  }

  dialog.addEventListener('keydown', (event) => {
    const typing = event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLInputElement;
    if (!typing && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      step(Number(dialog.dataset.index), event.key === 'ArrowLeft' ? -1 : 1);
    }
  });
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) {
      dialog.close();
    }
  });
  view.addEventListener('member', (event) => show(/** @type {CustomEvent} */ (event).detail));
}

/** @param {import('./job.js').Job} job @param {number} index */
function explanation(job, index) {
  return dependsOnFirst(job.request) && index === 0 && job.request.items.length > 1
    ? 'The other images take their style from this one: redrawing it generates a new set.'
    : 'The other images stay as they are.';
}

/**
 * Saves the content of a URL of this page as a file.
 *
 * @param {string} url
 * @param {string} name
 */
export function save(url, name) {
  const link = h('a', { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
}
