import { dependsOnFirst, promptOf } from './request.js';

/**
 * A job as the server describes it; see docs/serve.md.
 *
 * @typedef {Object} Job
 * @property {string} id
 * @property {string} status
 * @property {number} queue_position
 * @property {?{phase: string, done: number, total: number}} progress
 * @property {string} client
 * @property {string} submitted
 * @property {?string} started
 * @property {?string} ended
 * @property {{index: number, name: string, file: string, prompt: string, seed: number, sha256: string}[]} images
 * @property {string[]} notes
 * @property {?{message: string}} error
 * @property {any} request
 */

const RESUMABLE = ['failed', 'cancelled', 'quarantined'];

const PHASES = {
  reading_contexts: 'Reading contexts',
  loading_model: 'Loading the model',
  encoding_prompts: 'Encoding prompts',
  inverting: 'Inverting references',
  generating: 'Generating',
  writing: 'Writing images',
};

/** @param {Job} job */
export function isEnded(job) {
  return job.status !== 'queued' && job.status !== 'running';
}

/** @param {Job} job */
export function isResumable(job) {
  return RESUMABLE.includes(job.status);
}

/** @param {Job} job */
export function titleOf(job) {
  const prompts = job.request.items.map(promptOf).filter((prompt) => prompt !== '');
  return prompts.length === 0 ? `${job.request.contents?.length ?? 0} pictures` : prompts.join(', ');
}

/** @param {Job} job */
export function styleOf(job) {
  const { style, references, card } = job.request;
  if (style !== '') {
    return style;
  }
  if (card) {
    return 'style card';
  }
  return references.length > 0 ? `${references.length} reference${references.length > 1 ? 's' : ''}` : '';
}

/** @param {Job} job */
export function metaOf(job) {
  const { request } = job;
  const model = request.model.split(/[\\/]/).at(-1);
  const facts = [styleOf(job), model, `${request.width} × ${request.height}`, `${request.steps} steps`, request.sampler, `seed ${request.seed}`];
  return facts.filter((fact) => fact !== '').join(' · ');
}

/** @param {Job} job @param {?number} secondsLeft */
export function statusOf(job, secondsLeft) {
  switch (job.status) {
    case 'queued':
      return job.queue_position === 0 ? 'Next in the queue' : `Waiting; ${plural(job.queue_position, 'set')} before it`;
    case 'running':
      return running(job, secondsLeft);
    case 'completed':
      return `${plural(job.images.length, 'image')}${job.started && job.ended ? `, ${duration(seconds(job))}` : ''}`;
    case 'cancelled':
      return 'Cancelled';
    case 'failed':
      return 'Failed';
    default:
      return 'Quarantined: the server crashed while generating it';
  }
}

/** @param {Job} job @param {?number} secondsLeft */
function running(job, secondsLeft) {
  if (!job.progress) {
    return 'Starting';
  }
  const phase = PHASES[job.progress.phase] ?? 'Working';
  return secondsLeft === null ? phase : `${phase}, about ${duration(secondsLeft)} left`;
}

/** @param {Job} job */
function seconds(job) {
  return (Date.parse(job.ended ?? '') - Date.parse(job.started ?? '')) / 1000;
}

/** The share that is done, from 0 to 1; null while that is unknown. @param {Job} job */
export function shareOf(job) {
  if (job.status === 'completed') {
    return 1;
  }
  const { progress } = job;
  return progress && progress.phase === 'generating' && progress.total > 0 ? progress.done / progress.total : null;
}

/** The number of the image that all others take their style from; -1 for none. @param {Job} job */
export function referenceIndex(job) {
  return dependsOnFirst(job.request) && job.request.items.length > 1 && job.request.attention !== 'none' ? 0 : -1;
}

/** @param {number} count @param {string} noun */
export function plural(count, noun) {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** @param {number} value in seconds */
export function duration(value) {
  if (value < 1) {
    return '1 s';
  }
  if (value < 90) {
    return `${Math.round(value)} s`;
  }
  return value < 5400 ? `${Math.round(value / 60)} min` : `${(value / 3600).toFixed(1)} h`;
}

/** Estimates the time left from the progress of the phase that generates. */
export class TimeLeft {
  constructor() {
    this.done = -1;
    this.since = 0;
  }

  /**
   * @param {Job} job
   * @param {number} now in milliseconds
   * @returns {?number} in seconds; null while it is unknown
   */
  of(job, now) {
    const { progress } = job;
    if (job.status !== 'running' || progress?.phase !== 'generating') {
      this.done = -1;
      return null;
    }
    if (this.done < 0) {
      this.done = progress.done;
      this.since = now;
    }
    const made = progress.done - this.done;
    return made < 2 ? null : ((now - this.since) / 1000 / made) * (progress.total - progress.done);
  }
}
