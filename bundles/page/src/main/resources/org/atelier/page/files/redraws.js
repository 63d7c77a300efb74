import { isEnded } from './job.js';

/** The client name of a job that generates one image of another job again; it says which. */
const CLIENT = /^redraw (\S+) (\d+)$/;

/**
 * The jobs that generate single images of a set again. Their client name says which image they replace, so the server knows them after
 * a reload, and in another browser.
 */
export class Redraws extends EventTarget {
  /**
   * @param {import('./api.js').Api} api
   * @param {import('./set.js').SetView} view
   * @param {import('./history.js').History} history
   */
  constructor(api, view, history) {
    super();
    this.api = api;
    this.view = view;
    this.history = history;
    this.following = new AbortController();
  }

  /**
   * Generates an image again. Redrawing the image that others depend on makes a new set.
   *
   * @param {import('./job.js').Job} job
   * @param {number} index
   * @param {{request: any, isNewSet: boolean}} redrawing
   */
  async submit(job, index, { request, isNewSet }) {
    const client = isNewSet ? 'page' : `redraw ${job.id} ${index}`;
    const submitted = await this.api.post(`sets?client=${encodeURIComponent(client)}`, request);
    await this.history.refresh();
    if (isNewSet) {
      this.dispatchEvent(new CustomEvent('set', { detail: submitted.id }));
    } else {
      await this.show();
    }
  }

  /** The redraws of a set, the latest last. @param {string} id */
  of(id) {
    return this.history.jobs.flatMap((job) => {
      const [, set, index] = CLIENT.exec(job.client) ?? [];
      return set === id ? [{ job, index: Number(index) }] : [];
    });
  }

  /**
   * The image that the page shows at a place of a set.
   *
   * @param {import('./job.js').Job} job
   * @param {number} index
   * @returns {?{job: import('./job.js').Job, image: import('./job.js').Job['images'][0], index: number}} with its place in its
   *     own job; null if there is none yet
   */
  imageOf(job, index) {
    const redrawn = this.of(job.id).filter((redraw) => redraw.index === index && redraw.job.status === 'completed').at(-1);
    const from = redrawn?.job ?? job;
    const image = redrawn ? from.images.at(-1) : from.images.find((candidate) => candidate.index === index);
    return image ? { job: from, image, index: image.index } : null;
  }

  /** The finished redraws of a set, as the archive of the set takes them: the latest of each image. @param {import('./job.js').Job} job */
  replacements(job) {
    const latest = new Map(this.of(job.id)
      .filter((redraw) => redraw.job.status === 'completed')
      .map((redraw) => [redraw.index, redraw.job.id]));
    return [...latest].map(([index, id]) => `${index}:${id}`).join(',');
  }

  /** Shows finished redraws in the set, and follows the first that is not. */
  async show() {
    this.following.abort();
    this.following = new AbortController();
    const { signal } = this.following;
    const set = this.view.job?.id ?? '';
    for (const { job, index } of this.of(set)) {
      if (job.status === 'completed' && job.images.length > 0) {
        this.view.showImage(job, job.images[job.images.length - 1], index);
      }
      this.view.markBusy(index, !isEnded(job));
    }
    const next = this.of(set).find(({ job }) => !isEnded(job));
    if (next) {
      await this.api.follow(`sets/${next.job.id}/events`, signal, () => {});
      if (!signal.aborted) {
        await this.history.refresh();
        await this.show();
      }
    }
  }
}
