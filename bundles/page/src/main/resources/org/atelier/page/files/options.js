import { h } from './dom.js';

let count = 0;

/**
 * The fields of a plugin's options: type, range, default and description are those of its metatype. A field that is left empty or
 * at its default is absent from the values.
 *
 * @param {import('./plugins.js').Option[]} options
 * @param {Object<string, any>} values by name
 * @param {function(Object<string, any>): void} onchange receives all values
 * @returns {HTMLElement[]}
 */
export function optionFields(options, values, onchange) {
  const current = { ...values };
  return options.map((option) => {
    const id = `option-${count++}`;
    const input = control(option, current[option.name]);
    input.id = id;
    if (option.description !== '') {
      input.setAttribute('aria-describedby', `${id}-hint`);
    }
    input.addEventListener('change', () => {
      const value = valueOf(option, input);
      if (value === undefined) {
        delete current[option.name];
      } else {
        current[option.name] = value;
      }
      onchange({ ...current });
    });
    const label = h('label', { for: id }, words(option.name));
    const hint = option.description === '' ? null : h('p', { class: 'hint', id: `${id}-hint` }, option.description);
    return isBoolean(option)
      ? h('div', { class: 'field check' }, input, label, hint)
      : h('div', { class: 'field' }, label, input, hint);
  });
}

/** @param {import('./plugins.js').Option} option @param {any} value */
function control(option, value) {
  if (isBoolean(option)) {
    return h('input', { type: 'checkbox', checked: value ?? option.default === 'true' });
  }
  const choices = choicesOf(option);
  if (choices.length > 0 && !isList(option)) {
    return h('select', {},
      h('option', { value: '' }, `${option.default} (default)`),
      ...choices.filter((choice) => choice !== option.default)
        .map((choice) => h('option', { value: choice, selected: choice === String(value) }, choice)));
  }
  const text = value === undefined ? '' : [value].flat().join(', ');
  return isNumber(option) && !isList(option)
    ? h('input', { type: 'number', step: isWhole(option) ? '1' : 'any', value: text, placeholder: option.default, ...bounds(option) })
    : h('input', { type: 'text', value: text, placeholder: option.default, spellcheck: 'false' });
}

/** @param {import('./plugins.js').Option} option @param {any} input @returns {any} undefined for the default */
function valueOf(option, input) {
  if (isBoolean(option)) {
    return String(input.checked) === option.default ? undefined : input.checked;
  }
  const text = input.value.trim();
  if (text === '' || !input.validity.valid) {
    return undefined;
  }
  const parse = (part) => (isNumber(option) || isNumeric(option, part) ? Number(part) : part);
  return isList(option) ? text.split(',').map((part) => parse(part.trim())).filter((part) => part !== '') : parse(text);
}

/** A choice among numbers is sent as a number. @param {import('./plugins.js').Option} option @param {string} text */
function isNumeric(option, text) {
  return isNumber(option) && !Number.isNaN(Number(text));
}

/** @param {import('./plugins.js').Option} option */
function isBoolean(option) {
  return option.type === 'true or false';
}

/** @param {import('./plugins.js').Option} option */
function isWhole(option) {
  return option.type.startsWith('a whole number');
}

/** @param {import('./plugins.js').Option} option */
function isNumber(option) {
  return isWhole(option) || option.type.startsWith('a number');
}

/** @param {import('./plugins.js').Option} option */
function isList(option) {
  return option.type.includes('several');
}

/** @param {import('./plugins.js').Option} option */
function choicesOf(option) {
  return option.range.startsWith('one of ') ? option.range.slice('one of '.length).split(', ') : [];
}

/** @param {import('./plugins.js').Option} option */
function bounds(option) {
  const between = /^(-?[\d.e+]+) to (-?[\d.e+]+)$/i.exec(option.range);
  const least = /^at least (-?[\d.]+)$/.exec(option.range);
  return { min: between?.[1] ?? least?.[1], max: between?.[2] };
}

/** `score-shift` as `Score shift`. @param {string} name */
function words(name) {
  const text = name.replaceAll('-', ' ').replaceAll('.', ': ');
  return text[0].toUpperCase() + text.slice(1);
}
