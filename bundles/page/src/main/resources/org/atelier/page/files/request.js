/**
 * Writes the draft as a request for a set; values that the user left open are absent.
 *
 * @param {import('./store.js').Draft} draft
 * @returns {Object<string, any>} see docs/request.schema.json
 */
export function requestOf(draft) {
  const request = {
    items: prompts(draft),
    style: text(draft.style),
    negative_prompt: text(draft.negative),
    references: draft.references.map(({ file, weight, prompt }) => ({ file, weight, prompt })),
    contexts: draft.contexts
      .filter((context) => context.input.trim() !== '')
      .map(({ kind, input, options }) => ({ kind, input, options: filled(options) })),
    controls: draft.controls.map(({ kind, file, scale, options }) => ({ kind, file, scale, options: filled(options) })),
    card: draft.card === '' ? undefined : { file: draft.card },
    model: text(draft.model),
    attention: text(draft.attention),
    attention_options: filled(draft.attentionOptions),
    strength: text(draft.strength),
    sampler: text(draft.sampler),
    sampler_options: filled(draft.samplerOptions),
    width: draft.width,
    height: draft.height,
    seed: draft.seed,
    steps: draft.steps,
    cfg_scale: draft.guidance,
  };
  return Object.fromEntries(Object.entries(request).filter(([, value]) => !isEmpty(value)));
}

/**
 * The prompts that are not empty.
 *
 * @param {import('./store.js').Draft} draft
 */
export function prompts(draft) {
  return draft.prompts.map((prompt) => prompt.trim()).filter((prompt) => prompt !== '');
}

/**
 * Reads the request of a job back as a draft.
 *
 * @param {any} request
 * @returns {Partial<import('./store.js').Draft>}
 */
export function draftOf(request) {
  return {
    prompts: request.items.length === 0 ? [''] : request.items.map(promptOf),
    style: request.style ?? '',
    negative: request.negative_prompt ?? '',
    references: (request.references ?? []).map(({ file, weight, prompt }) => ({
      file, name: fileName(file), weight: weight ?? 1, prompt: prompt ?? '',
    })),
    contexts: (request.contexts ?? []).map(({ kind, input, options }) => ({
      kind, input, name: fileName(input), options: options ?? {},
    })),
    controls: (request.controls ?? []).map(({ kind, file, scale, options }) => ({
      kind, file, name: fileName(file), scale: scale ?? 1, options: options ?? {},
    })),
    card: request.card?.file ?? '',
    model: request.model ?? '',
    attention: request.attention ?? '',
    attentionOptions: request.attention_options ?? {},
    sampler: request.sampler ?? '',
    samplerOptions: request.sampler_options ?? {},
    width: request.width ?? null,
    height: request.height ?? null,
    seed: request.seed ?? null,
    steps: request.steps ?? null,
    guidance: request.cfg_scale ?? null,
  };
}

/** @param {any} item a prompt, or an object with one */
export function promptOf(item) {
  return typeof item === 'string' ? item : item.prompt;
}

/** @param {string} path */
export function fileName(path) {
  return path.split(/[\\/]/).at(-1) ?? path;
}

/**
 * The request that generates one image of a set again, with another prompt or seed. Image k depends on the references of the set,
 * or on image 0 where there are none, and on no other image; so the others are left out, and the image is the last of its job. It
 * is a new set if the others depend on the image, or if the request has values that count the images.
 *
 * @param {any} request of the job, resolved
 * @param {number} index of the image
 * @param {{prompt: string, seed: number}} change
 * @returns {{request: any, isNewSet: boolean}}
 */
export function redrawing(request, index, change) {
  const items = request.items.map((item, i) => (i === index ? { ...item, ...change } : item));
  const first = dependsOnFirst(request);
  if (items.length > 1 && (countsImages(request) || (first && index === 0))) {
    return { request: { ...request, items }, isNewSet: true };
  }
  const needed = first && index > 0 ? [items[0], items[index]] : [items[index]];
  return { request: { ...request, items: needed }, isNewSet: false };
}

/** @param {any} request */
export function dependsOnFirst(request) {
  return request.references.length === 0 && !request.card;
}

/** @param {any} request */
function countsImages(request) {
  const kinds = request.controls.map((control) => control.kind);
  return new Set(kinds).size < kinds.length
    || [request.init_images, request.masks].some((list) => (list?.length ?? 0) > 1)
    || [request.contents, request.regions].some((list) => (list?.length ?? 0) > 0);
}

/** One line. @param {string} value */
function text(value) {
  const line = value.trim().replace(/\s*\n\s*/g, ' ');
  return line === '' ? undefined : line;
}

/** @param {Object<string, any>} options */
function filled(options) {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== '' && value !== null));
}

/** @param {any} value */
function isEmpty(value) {
  return value === undefined || value === null
    || (typeof value === 'object' && Object.keys(value).length === 0);
}
