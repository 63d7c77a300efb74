import { attempt, h } from './dom.js';

/** Uploads files of the user, and remembers their pictures for this tab. */
export class Uploads {
  /** @param {import('./api.js').Api} api */
  constructor(api) {
    this.api = api;
    /** @type {Map<string, string>} the URL of a picture by its path on the server */
    this.pictures = new Map();
  }

  /**
   * @param {Blob} blob
   * @returns {Promise<{kind: string, file: string, width: number, height: number, seconds: number}>} what the server found
   */
  async add(blob) {
    const upload = await this.api.post('uploads', blob.slice(0, blob.size, 'application/octet-stream'));
    if (upload.kind === 'image') {
      this.pictures.set(upload.file, URL.createObjectURL(blob));
    }
    return upload;
  }

  /** A thumbnail of a file; without a picture if this tab did not upload it. @param {string} file @param {string} name */
  thumbnail(file, name) {
    const url = this.pictures.get(file);
    return url
      ? h('img', { class: 'thumbnail', src: url, alt: name, width: '64', height: '64' })
      : h('span', { class: 'thumbnail', 'aria-hidden': 'true' });
  }
}

/**
 * An area that takes files: dropped, pasted or chosen.
 *
 * @param {HTMLElement} area
 * @param {HTMLElement} button opens the file picker
 * @param {{accept: string, multiple: boolean}} kind of files
 * @param {function(File): Promise<any>} onfile
 */
export function dropArea(area, button, { accept, multiple }, onfile) {
  const picker = h('input', { type: 'file', accept, multiple, hidden: true });
  area.after(picker);
  const take = (files) => attempt(async () => {
    area.setAttribute('aria-busy', 'true');
    try {
      for (const file of multiple ? files : [...files].slice(0, 1)) {
        await onfile(file);
      }
    } finally {
      area.removeAttribute('aria-busy');
    }
  });
  button.addEventListener('click', () => picker.click());
  picker.addEventListener('change', async () => {
    await take([...picker.files ?? []]);
    picker.value = '';
  });
  area.addEventListener('dragover', (event) => {
    event.preventDefault();
    area.classList.add('over');
  });
  area.addEventListener('dragleave', () => area.classList.remove('over'));
  area.addEventListener('drop', (event) => {
    event.preventDefault();
    area.classList.remove('over');
    take([...event.dataTransfer?.files ?? []]);
  });
}

/**
 * A number with its label in a row.
 *
 * @param {string} label
 * @param {number} value
 * @param {{min: string, max: string, step: string}} range
 * @param {function(number): void} onchange
 */
export function slider(label, value, range, onchange) {
  const output = h('output', {}, format(value));
  const input = h('input', {
    type: 'range', ...range, value: String(value), 'aria-label': label,
    oninput: (event) => {
      const number = Number(event.target.value);
      output.textContent = format(number);
      onchange(number);
    },
  });
  return h('div', { class: 'row' }, h('span', { class: 'hint' }, label), input, output);
}

/** @param {number} value */
function format(value) {
  return value.toFixed(2);
}
