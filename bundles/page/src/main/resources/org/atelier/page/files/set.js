import { ApiError } from './api.js';
import { announce, attempt, byId, h } from './dom.js';
import { TimeLeft, isEnded, isResumable, metaOf, plural, referenceIndex, shareOf, statusOf, titleOf } from './job.js';
import { promptOf } from './request.js';

/** Before the page tries to reach the server again, in milliseconds. */
const RETRY = 2000;

/**
 * One set: its state, its actions and its images, which appear as previews and then as files. Every image has its place from the
 * start, so nothing moves.
 */
export class SetView extends EventTarget {
  /**
   * @param {import('./api.js').Api} api
   * @param {import('./images.js').Images} images
   */
  constructor(api, images) {
    super();
    this.api = api;
    this.images = images;
    /** @type {?import('./job.js').Job} */
    this.job = null;
    this.following = new AbortController();
    this.timeLeft = new TimeLeft();
    /** @type {HTMLElement[]} */
    this.cells = [];
  }

  /**
   * Shows a set and follows it until it ends, also beyond a lost connection or a restart of the server.
   *
   * @param {string} id
   */
  async open(id) {
    this.close();
    const { signal } = this.following;
    const first = await this.api.get(`sets/${id}`);
    if (signal.aborted) {
      return;
    }
    this.show(first);
    while (this.job && !isEnded(this.job) && !signal.aborted) {
      try {
        await this.follow(id, signal);
      } catch (fault) {
        if (signal.aborted) {
          return;
        }
        if (fault instanceof ApiError && fault.status !== 0 && fault.status !== 503) {
          throw fault;
        }
        byId('set-status').textContent = 'Waiting for the server';
        await new Promise((resolve) => setTimeout(resolve, RETRY));
      }
    }
  }

  close() {
    this.following.abort();
    this.following = new AbortController();
  }

  /** @param {string} id @param {AbortSignal} signal */
  async follow(id, signal) {
    await this.api.follow(`sets/${id}/events?previews=true`, signal, (type, data) => {
      if (!signal.aborted) {
        this.received(type, data);
      }
    });
  }

  /** @param {string} type @param {any} data */
  received(type, data) {
    if (type === 'preview') {
      this.preview(data);
    } else if (this.job) {
      const before = this.job;
      this.update({ ...before, ...data });
      this.tell(before, this.job);
    }
  }

  /** @param {import('./job.js').Job} job */
  show(job) {
    byId('welcome').hidden = true;
    byId('set-view').hidden = false;
    this.timeLeft = new TimeLeft();
    const reference = referenceIndex(job);
    this.cells = job.request.items.map((item, index) => this.cell(job, item, index, index === reference));
    byId('sheet').replaceChildren(...this.cells);
    this.update(job);
  }

  /** @param {import('./job.js').Job} job */
  update(job) {
    const stateChanged = this.job?.id !== job.id || this.job.status !== job.status;
    this.job = job;
    byId('set-title').textContent = titleOf(job);
    byId('set-meta').textContent = metaOf(job);
    byId('set-status').textContent = statusOf(job, this.timeLeft.of(job, Date.now()));
    byId('set-error').textContent = job.error?.message ?? '';
    byId('set-error').hidden = !job.error;
    this.showBar(job);
    this.showNotes(job);
    byId('set-view').dataset.status = job.status;
    job.images.forEach((image) => this.showImage(job, image));
    if (stateChanged) {
      this.dispatchEvent(new CustomEvent('state', { detail: job }));
    }
  }

  /** @param {import('./job.js').Job} job */
  showBar(job) {
    const bar = byId('set-bar');
    const share = shareOf(job);
    bar.hidden = isEnded(job);
    if (share === null) {
      bar.removeAttribute('value');
    } else {
      bar.value = share;
    }
  }

  /** @param {import('./job.js').Job} job */
  showNotes(job) {
    const notes = byId('set-notes');
    notes.hidden = job.notes.length === 0;
    notes.querySelector('ul').replaceChildren(...job.notes.map((note) => h('li', {}, note)));
  }

  /**
   * @param {import('./job.js').Job} job
   * @param {any} item
   * @param {number} index
   * @param {boolean} isReference
   */
  cell(job, item, index, isReference) {
    const prompt = promptOf(item);
    const image = h('img', { alt: '', draggable: 'false' });
    const button = h('button', {
      type: 'button', class: 'picture', disabled: true, 'aria-label': `Image ${index + 1}: ${prompt}`,
      onclick: () => this.dispatchEvent(new CustomEvent('member', { detail: index })),
    }, image);
    button.style.aspectRatio = `${item.width ?? job.request.width} / ${item.height ?? job.request.height}`;
    return h('li', { class: 'cell' }, button,
      h('p', { class: 'caption' }, h('span', { class: 'number' }, String(index + 1)), h('span', {}, prompt),
        isReference ? h('span', { class: 'badge', title: 'The other images take their style from this one' }, 'reference') : null));
  }

  /** @param {{index: number, type: string, base64: string}} preview */
  preview(preview) {
    const cell = this.cells[preview.index];
    if (cell && !cell.dataset.sha256) {
      cell.querySelector('img').src = `data:${preview.type};base64,${preview.base64}`;
      cell.dataset.state = 'preview';
    }
  }

  /**
   * Shows a finished image, of this set or of one that replaces it there.
   *
   * @param {{id: string}} job
   * @param {import('./job.js').Job['images'][0]} image
   * @param {number} [index] its place
   */
  showImage(job, image, index = image.index) {
    const cell = this.cells[index];
    if (!cell || cell.dataset.sha256 === image.sha256) {
      return;
    }
    cell.dataset.sha256 = image.sha256;
    this.images.url(job.id, image).then((url) => {
      if (cell.dataset.sha256 === image.sha256) {
        cell.querySelector('img').src = url;
        cell.querySelector('button').disabled = false;
        cell.dataset.state = 'done';
      }
    }, () => {
      delete cell.dataset.sha256;
    });
  }

  /** Marks an image that is being generated again. @param {number} index @param {boolean} busy */
  markBusy(index, busy) {
    const cell = this.cells[index];
    if (cell) {
      cell.classList.toggle('busy', busy);
      cell.setAttribute('aria-busy', String(busy));
    }
  }

  /** Says what a listener would miss. @param {import('./job.js').Job} before @param {import('./job.js').Job} now */
  tell(before, now) {
    if (before.status !== now.status) {
      announce(`${statusOf(now, null)}.`);
      this.dispatchEvent(new CustomEvent('changed', { detail: now }));
    } else if (before.images.length < now.images.length) {
      announce(`${now.images.length} of ${plural(now.request.items.length, 'image')} finished.`);
    } else if (before.progress?.phase !== now.progress?.phase) {
      announce(`${statusOf(now, null)}.`);
    }
  }
}

/**
 * An action on a set; those of the menu are shown when it is opened.
 *
 * @typedef {Object} SetAction
 * @property {string} label
 * @property {boolean} [inMenu]
 * @property {function(import('./job.js').Job): boolean} [when]
 * @property {function(import('./job.js').Job): Promise<any>} run
 */

/**
 * The buttons of a set, and the menu of its other actions.
 *
 * @param {SetView} view
 * @param {SetAction[]} actions
 */
export function setActions(view, actions) {
  const group = byId('set-actions');
  const menu = h('details', { class: 'menu' }, h('summary', { class: 'secondary' }, 'More'), h('div', { class: 'menu-list' }));
  const button = (action, job, className) => h('button', {
    type: 'button',
    class: className,
    onclick: () => {
      menu.open = false;
      attempt(() => action.run(view.job ?? job));
    },
  }, action.label);
  const possible = (job) => actions.filter((action) => action.when?.(job) ?? true);

  view.addEventListener('state', (event) => {
    const job = /** @type {CustomEvent} */ (event).detail;
    const focused = group.contains(document.activeElement);
    menu.querySelector('.menu-list').replaceChildren(
      ...possible(job).filter((action) => action.inMenu).map((action) => button(action, job, '')));
    group.replaceChildren(...possible(job).filter((action) => !action.inMenu).map((action) => button(action, job, 'secondary')), menu);
    if (focused) {
      group.querySelector('button')?.focus();
    }
  });
  document.addEventListener('click', (event) => {
    if (!menu.contains(/** @type {Node} */ (event.target))) {
      menu.open = false;
    }
  });
  menu.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && menu.open) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  });
}

/** Cancel and resume. @param {import('./api.js').Api} api @param {SetView} view */
export function runningActions(api, view) {
  return [
    {
      label: 'Cancel',
      when: (job) => !isEnded(job),
      run: async (job) => view.update(await api.delete(`sets/${job.id}`)),
    },
    {
      label: 'Resume',
      when: isResumable,
      run: async (job) => {
        await api.post(`sets/${job.id}/resume`);
        await view.open(job.id);
      },
    },
  ];
}
