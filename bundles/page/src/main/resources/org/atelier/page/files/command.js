import { promptOf } from './request.js';

/**
 * Writes a request as a command line. Values that every set has are left out where they are the defaults that the command chooses
 * too; where items have seeds of their own, only a request file says everything.
 *
 * @param {any} request of a job
 * @returns {string}
 */
export function commandOf(request) {
  const words = ['atelier', 'generate', ...request.items.map((item) => quoted(promptOf(item)))];
  const add = (name, value) => {
    if (value !== undefined && value !== null && value !== '') {
      words.push(name, quoted(String(value)));
    }
  };
  add('--style', request.style);
  add('--negative-prompt', request.negative_prompt);
  add('--model', request.model);
  add('--size', `${request.width}x${request.height}`);
  add('--seed', request.seed);
  add('--steps', request.steps);
  add('--cfg-scale', request.cfg_scale);
  add('--sampler', request.sampler);
  options(add, '--sampler-option', '', request.sampler_options);
  add('--attention', request.attention);
  options(add, '--attention-option', '', request.attention_options);
  for (const { file, weight, prompt } of request.references) {
    add('--reference', weight === 1 ? file : `${file}=${weight}`);
    add('--reference-prompt', prompt);
  }
  add('--style-card', request.card?.file);
  for (const { kind, input, options: values } of request.contexts) {
    add('--context', `${kind}=${input}`);
    options(add, '--context-option', `${kind}.`, values);
  }
  for (const { kind, file, options: values } of request.controls) {
    add('--control', `${kind}=${file}`);
    options(add, '--control-option', `${kind}.`, values);
  }
  add('--control-scale', request.controls[0]?.scale);
  return words.join(' ');
}

/** @param {function(string, any): void} add @param {string} name @param {string} prefix @param {Object<string, any>} [values] */
function options(add, name, prefix, values) {
  for (const [key, value] of Object.entries(values ?? {})) {
    add(name, `${prefix}${key}=${[value].flat().join(',')}`);
  }
}

/** A word of a POSIX shell. @param {string} text */
function quoted(text) {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
