import { announce, byId, glyph, h, iconButton } from './dom.js';

/**
 * The list of prompts: one image for each. Rows are added with Enter, split from pasted lines, and moved by dragging, by buttons
 * and with Alt and the arrow keys.
 *
 * @param {import('./store.js').Store} store
 */
export function promptList(store) {
  const list = byId('prompts');

  const rows = () => [...list.children];
  const inputs = () => rows().map((row) => row.querySelector('textarea'));
  const save = () => store.update({ prompts: inputs().map((input) => input.value) });

  function number() {
    rows().forEach((row, index) => {
      row.querySelector('.number').textContent = String(index + 1);
      row.querySelector('textarea').setAttribute('aria-label', `Prompt ${index + 1}`);
      for (const button of row.querySelectorAll('button')) {
        button.setAttribute('aria-label', `${button.dataset.action} prompt ${index + 1}`);
      }
    });
  }

  function changed() {
    number();
    save();
  }

  /** @param {HTMLElement} row @param {number} to */
  function move(row, to) {
    const others = rows().filter((other) => other !== row);
    if (to < 0 || to > others.length) {
      return;
    }
    const focused = document.activeElement;
    list.insertBefore(row, others[to] ?? null);
    if (focused instanceof HTMLElement && row.contains(focused)) {
      focused.focus();
    }
    changed();
    announce(`Prompt moved to position ${to + 1} of ${rows().length}.`);
  }

  /** @param {HTMLElement} row */
  function remove(row) {
    const index = rows().indexOf(row);
    row.remove();
    if (rows().length === 0) {
      list.append(rowOf(''));
    }
    changed();
    inputs()[Math.min(index, rows().length - 1)].focus();
    announce('Prompt removed.');
  }

  /** @param {Element} after @param {string[]} texts */
  function insert(after, texts) {
    const added = texts.map(rowOf);
    after.after(...added);
    changed();
    const input = added.at(-1)?.querySelector('textarea');
    input?.focus();
    added.forEach((row) => fit(row.querySelector('textarea')));
  }

  /** @param {KeyboardEvent} event @param {HTMLElement} row */
  function pressed(event, row) {
    const index = rows().indexOf(row);
    const input = row.querySelector('textarea');
    if (event.key === 'Enter' && !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.isComposing) {
      event.preventDefault();
      insert(row, ['']);
    } else if (event.key === 'Backspace' && input.value === '' && rows().length > 1) {
      event.preventDefault();
      remove(row);
    } else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault();
      move(row, index + (event.key === 'ArrowUp' ? -1 : 1));
    }
  }

  /** @param {ClipboardEvent} event @param {HTMLElement} row */
  function pasted(event, row) {
    const lines = (event.clipboardData?.getData('text/plain') ?? '')
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== '');
    if (lines.length < 2) {
      return;
    }
    event.preventDefault();
    const input = row.querySelector('textarea');
    input.setRangeText(lines[0], input.selectionStart, input.selectionEnd, 'end');
    insert(row, lines.slice(1));
    announce(`${lines.length} prompts pasted.`);
  }

  /** @param {string} text */
  function rowOf(text) {
    const input = h('textarea', { rows: '1', spellcheck: 'true', placeholder: 'What this image shows' });
    input.value = text;
    const grip = h('span', { class: 'grip', title: 'Drag to reorder' }, glyph('grip'), h('span', { class: 'number' }));
    const row = h('li', { class: 'prompt' }, grip, input);
    const action = (icon, name, onclick) => {
      const button = iconButton(icon, name, onclick, 'quiet');
      button.dataset.action = name;
      return button;
    };
    row.append(
      h('span', { class: 'row-actions' },
        action('up', 'Move up', () => move(row, rows().indexOf(row) - 1)),
        action('down', 'Move down', () => move(row, rows().indexOf(row) + 1)),
        action('remove', 'Remove', () => remove(row))),
    );
    input.addEventListener('keydown', (event) => pressed(event, row));
    input.addEventListener('paste', (event) => pasted(event, row));
    input.addEventListener('input', () => {
      input.value = input.value.replace(/\s*\n\s*/g, ' ');
      fit(input);
      save();
    });
    grip.addEventListener('pointerdown', (event) => drag(event, row));
    return row;
  }

  /** @param {PointerEvent} down @param {HTMLElement} row */
  function drag(down, row) {
    down.preventDefault();
    const grip = /** @type {HTMLElement} */ (down.currentTarget);
    grip.setPointerCapture(down.pointerId);
    row.classList.add('dragged');
    const follow = (/** @type {PointerEvent} */ event) => {
      const target = rows().filter((other) => other !== row && middle(other) < event.clientY).length;
      if (target !== rows().indexOf(row)) {
        move(row, target);
      }
    };
    const end = () => {
      row.classList.remove('dragged');
      grip.removeEventListener('pointermove', follow);
    };
    grip.addEventListener('pointermove', follow);
    grip.addEventListener('lostpointercapture', end, { once: true });
  }

  function show() {
    list.replaceChildren(...store.draft.prompts.map(rowOf));
    number();
    inputs().forEach(fit);
  }

  byId('add-prompt').addEventListener('click', () => insert(rows().at(-1), ['']));
  store.addEventListener('replace', show);
  show();
}

/** @param {Element} element */
function middle(element) {
  const { top, height } = element.getBoundingClientRect();
  return top + height / 2;
}

/**
 * Makes a text area as high as its text.
 *
 * @param {HTMLTextAreaElement} input
 */
export function fit(input) {
  input.style.height = 'auto';
  input.style.height = `${input.scrollHeight}px`;
}
