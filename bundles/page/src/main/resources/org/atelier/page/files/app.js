import { Api } from './api.js';
import { Cards } from './cards.js';
import { commandOf } from './command.js';
import { contexts } from './contexts.js';
import { controls } from './controls.js';
import { announce, attempt, byId, glyph, report, toast } from './dom.js';
import { Uploads } from './files.js';
import { History } from './history.js';
import { Images } from './images.js';
import { isEnded, plural } from './job.js';
import { memberDialog, save } from './member.js';
import { Plugins, watchPlugins } from './plugins.js';
import { promptList } from './prompts.js';
import { Redraws } from './redraws.js';
import { references } from './references.js';
import { draftOf, fileName, prompts, requestOf } from './request.js';
import { SetView, runningActions, setActions } from './set.js';
import { attention, models, settings } from './settings.js';
import { Store } from './store.js';
import { style } from './style.js';
import { forgetToken, token } from './token.js';

const EXAMPLE = { prompts: ['a house', 'a fish', 'a rocket', 'a castle'], style: 'stained glass', steps: 20 };

const api = new Api(await token(), forgetToken);
export const store = new Store();
const plugins = new Plugins(api);
const images = new Images(api);
const view = new SetView(api, images);
const past = new History(api, images);
const redraws = new Redraws(api, view, past);
const uploads = new Uploads(api);
const cards = new Cards(api, store);

promptList(store);
style(store, plugins);
references(store, uploads);
contexts(store, plugins, uploads);
controls(api, store, plugins, uploads);
settings(store, plugins);
attention(store, plugins);
attempt(() => models(api, store));
memberDialog(view, redraws, async (job, image) => {
  const reference = { file: image.file, name: fileName(image.file), weight: 1, prompt: image.prompt };
  uploads.pictures.set(image.file, await images.url(job.id, image));
  store.replace({ ...store.draft, references: [...store.draft.references, reference] });
});

setActions(view, [
  ...runningActions(api, view),
  {
    label: 'Download',
    when: (job) => isEnded(job) && job.images.length > 0,
    run: async (job) => {
      const replaced = redraws.replacements(job);
      const url = URL.createObjectURL(await api.blob(`sets/${job.id}/archive${replaced === '' ? '' : `?with=${replaced}`}`));
      save(url, `${job.id}.zip`);
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    },
  },
  {
    label: 'Use these settings',
    inMenu: true,
    run: async (job) => {
      const draft = draftOf(job.request);
      draft.attentionOptions = plugins.withoutDefaults('attention', draft.attention, draft.attentionOptions);
      draft.samplerOptions = plugins.withoutDefaults('sampler', draft.sampler, draft.samplerOptions);
      store.replace(draft);
      announce('The settings of this set are in the form.');
    },
  },
  {
    label: 'Keep the style…',
    inMenu: true,
    when: (job) => job.status === 'completed',
    run: async (job) => cards.ask(job),
  },
  {
    label: 'Copy command',
    inMenu: true,
    run: (job) => copy(commandOf(job.request), 'command'),
  },
  {
    label: 'Copy request',
    inMenu: true,
    run: (job) => copy(JSON.stringify(job.request, null, 2), 'request'),
  },
]);

/** @param {string} text @param {string} what */
async function copy(text, what) {
  await navigator.clipboard.writeText(text);
  toast(`The ${what} is in the clipboard.`);
}

/** @param {string} id */
async function open(id) {
  past.mark(id);
  redraws.following.abort();
  const opened = view.open(id);
  await opened;
  await redraws.show();
}

async function submit() {
  if (prompts(store.draft).length === 0) {
    report('Write at least one prompt.');
    byId('prompts').querySelector('textarea').focus();
    return;
  }
  const button = byId('generate');
  button.disabled = true;
  try {
    const job = await api.post('sets?client=page', requestOf(store.draft));
    announce('The set is submitted.');
    past.refresh().catch(report);
    attempt(() => open(job.id));
    if (matchMedia('(max-width: 52rem)').matches) {
      byId('set').scrollIntoView();
    }
  } finally {
    button.disabled = false;
  }
}

function count() {
  const number = prompts(store.draft).length;
  byId('generate').textContent = number === 0 ? 'Generate' : `Generate ${plural(number, 'image')}`;
}

byId('card-cancel').addEventListener('click', () => byId('card-dialog').close());
byId('fault-close').append(glyph('remove'));
byId('fault-close').addEventListener('click', () => report(''));
byId('composer').addEventListener('submit', (event) => {
  event.preventDefault();
  attempt(submit);
});
byId('composer').addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    byId('composer').requestSubmit();
  }
});
byId('clear').addEventListener('click', () => {
  store.replace({});
  byId('prompts').querySelector('textarea').focus();
});
byId('example').addEventListener('click', () => {
  store.replace(EXAMPLE);
  byId('generate').focus();
});
store.addEventListener('change', count);
count();
past.addEventListener('open', (event) => attempt(() => open(/** @type {CustomEvent} */ (event).detail)));
redraws.addEventListener('set', (event) => attempt(() => open(/** @type {CustomEvent} */ (event).detail)));
view.addEventListener('changed', () => past.refresh().catch(report));

await attempt(async () => {
  const [capabilities] = await Promise.all([api.get('capabilities'), plugins.refresh(), past.refresh(), cards.refresh()]);
  byId('server').textContent = capabilities.version;
  const running = past.jobs.find((job) => job.status === 'running');
  if (running) {
    attempt(() => open(running.id));
  }
});
watchPlugins(plugins);
past.watch();
document.documentElement.dataset.ready = 'true';
