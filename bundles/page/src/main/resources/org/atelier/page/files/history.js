import { ApiError } from './api.js';
import { attempt, byId, h } from './dom.js';
import { isEnded, plural, styleOf, titleOf } from './job.js';

const STATUS = {
  queued: 'waiting', running: 'running', completed: '', failed: 'failed', cancelled: 'cancelled', quarantined: 'quarantined',
};

/** Before the page tries to reach the server again, in milliseconds. */
const RETRY = 2000;

/** The most pictures in a row. */
const THUMBNAILS = 4;

/** The sets of the server, the latest first. */
export class History extends EventTarget {
  /**
   * @param {import('./api.js').Api} api
   * @param {import('./images.js').Images} images
   */
  constructor(api, images) {
    super();
    this.api = api;
    this.images = images;
    /** @type {import('./job.js').Job[]} */
    this.jobs = [];
    this.current = '';
    this.following = new AbortController();
    this.outdated = false;
    this.reading = false;
    /** Pictures are loaded when their row comes into view. */
    this.seen = new IntersectionObserver((entries) => entries
      .filter((entry) => entry.isIntersecting)
      .forEach((entry) => this.loadPictures(/** @type {HTMLElement} */ (entry.target))));
  }

  async refresh() {
    const { sets } = await this.api.get('sets');
    this.jobs = sets;
    this.show();
  }

  /**
   * Keeps the list current: the server tells when a set of any client is submitted, started or has ended. Only a page that is looked at
   * follows, since a browser opens few connections to one server.
   */
  watch() {
    const start = () => {
      this.following.abort();
      this.following = new AbortController();
      if (!document.hidden) {
        this.follow(this.following.signal);
      }
    };
    document.addEventListener('visibilitychange', start);
    start();
  }

  /** Follows until the signal aborts, also beyond a lost connection or a restart of the server. @param {AbortSignal} signal */
  async follow(signal) {
    while (!signal.aborted) {
      try {
        // The first event tells of what has changed before.
        await this.api.follow('events', signal, () => this.look());
      } catch (fault) {
        if (fault instanceof ApiError && fault.status === 401) {
          return;
        }
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY));
    }
  }

  /** Reads the list; events that arrive meanwhile lead to one more reading. */
  async look() {
    this.outdated = true;
    if (this.reading) {
      return;
    }
    this.reading = true;
    while (this.outdated) {
      this.outdated = false;
      await this.refresh().catch(() => {});
    }
    this.reading = false;
  }

  /** Marks the set that the page shows. @param {string} id */
  mark(id) {
    this.current = id;
    for (const row of byId('history').children) {
      mark(row, id);
    }
  }

  show() {
    const list = byId('history');
    const known = new Map([...list.children].map((row) => [row.dataset.key, row]));
    this.seen.disconnect();
    const rows = this.jobs
      .filter((job) => !/^(redraw|style) /.test(job.client))
      .reverse()
      .map((job) => known.get(keyOf(job)) ?? this.row(job));
    if (rows.some((row, index) => list.children[index] !== row) || rows.length !== list.children.length) {
      list.replaceChildren(...rows);
    }
    rows.forEach((row) => this.seen.observe(row));
    byId('history-empty').hidden = rows.length > 0;
    this.mark(this.current);
  }

  /** @param {import('./job.js').Job} job */
  row(job) {
    const facts = [styleOf(job), plural(job.request.items.length, 'image'), when(job), STATUS[job.status]];
    const pictures = h('span', { class: 'thumbnails', 'aria-hidden': 'true' });
    const row = h('li', {}, h('button', {
      type: 'button', class: 'set-row', onclick: () => this.dispatchEvent(new CustomEvent('open', { detail: job.id })),
    }, pictures, h('span', { class: 'set-row-text' },
      h('span', { class: 'set-row-title' }, titleOf(job)),
      h('span', { class: 'muted' }, facts.filter((fact) => fact !== '').join(' · ')))));
    row.dataset.key = keyOf(job);
    row.dataset.id = job.id;
    row.dataset.status = job.status;
    return row;
  }

  /** @param {HTMLElement} row */
  loadPictures(row) {
    this.seen.unobserve(row);
    const job = this.jobs.find(({ id }) => id === row.dataset.id);
    const pictures = row.querySelector('.thumbnails');
    if (!job || !isEnded(job) || pictures.childElementCount > 0) {
      return;
    }
    attempt(() => Promise.all(job.images.slice(0, THUMBNAILS).map(async (image) => {
      const picture = h('img', { alt: '' });
      pictures.append(picture);
      picture.src = await this.images.url(job.id, image);
    })));
  }
}

/** @param {Element} row @param {string} id */
function mark(row, id) {
  const button = row.querySelector('button');
  if (row.dataset.id === id) {
    button.setAttribute('aria-current', 'true');
  } else {
    button.removeAttribute('aria-current');
  }
}

/** A row is made again when this changes. @param {import('./job.js').Job} job */
function keyOf(job) {
  return `${job.id} ${job.status}`;
}

/** @param {import('./job.js').Job} job */
function when(job) {
  const date = new Date(job.submitted);
  const today = new Date().toDateString() === date.toDateString();
  return today
    ? date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
    : date.toLocaleDateString([], { day: 'numeric', month: 'short' });
}
