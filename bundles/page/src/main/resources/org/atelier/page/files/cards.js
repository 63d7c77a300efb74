import { attempt, byId, h, toast } from './dom.js';

/** The style cards that the server keeps by name: chosen for the next set, or kept of a finished one. */
export class Cards {
  /**
   * @param {import('./api.js').Api} api
   * @param {import('./store.js').Store} store
   */
  constructor(api, store) {
    this.api = api;
    this.store = store;
    /** @type {{name: string, file: string}[]} */
    this.kept = [];
    byId('card').addEventListener('change', (event) => store.update({ card: event.target.value }));
    store.addEventListener('replace', () => this.show());
  }

  async refresh() {
    this.kept = (await this.api.get('styles')).styles;
    this.show();
  }

  show() {
    const { card } = this.store.draft;
    const select = byId('card');
    const known = card === '' || this.kept.some((style) => style.file === card);
    select.replaceChildren(h('option', { value: '' }, 'none'),
      ...this.kept.map((style) => h('option', { value: style.file }, style.name)),
      ...(known ? [] : [h('option', { value: card }, card)]));
    select.value = card;
    byId('card-row').hidden = this.kept.length === 0 && card === '';
  }

  /**
   * Prompts for a name and stores the style of a set. One that was generated without a card takes the time of one image.
   *
   * @param {import('./job.js').Job} job
   */
  ask(job) {
    const dialog = byId('card-dialog');
    const input = byId('card-name');
    byId('card-form').onsubmit = () => attempt(() => this.keep(job, input.value));
    input.value = '';
    dialog.showModal();
  }

  /** @param {import('./job.js').Job} job @param {string} name */
  async keep(job, name) {
    const kept = await this.api.post('styles', { name, job: job.id });
    if (kept.status) {
      await this.written(name, kept);
    }
    await this.refresh();
    toast(`The style ${name} is kept; choose it under Style.`);
  }

  /** Waits for the job that writes a card. @param {string} name @param {import('./job.js').Job} job */
  async written(name, job) {
    toast(`The style ${name} is being written.`);
    let last = job;
    await this.api.follow(`sets/${job.id}/events`, new AbortController().signal, (type, data) => {
      last = { ...last, ...data };
    });
    if (last.status !== 'completed') {
      throw new Error(last.error?.message ?? 'The style was not written.');
    }
  }
}
