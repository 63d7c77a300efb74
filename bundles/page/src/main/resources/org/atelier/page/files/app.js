import { Api } from './api.js';
import { announce, attempt, byId, glyph, report } from './dom.js';
import { History } from './history.js';
import { Images } from './images.js';
import { plural } from './job.js';
import { memberDialog } from './member.js';
import { Plugins } from './plugins.js';
import { promptList } from './prompts.js';
import { Redraws } from './redraws.js';
import { draftOf, fileName, prompts, requestOf } from './request.js';
import { SetView, runningActions, setActions } from './set.js';
import { attention, settings } from './settings.js';
import { Store } from './store.js';
import { style } from './style.js';
import { forgetToken, token } from './token.js';

const EXAMPLE = { prompts: ['a house', 'a fish', 'a rocket', 'a castle'], style: 'stained glass', steps: 20 };

const api = new Api(await token(), forgetToken);
const store = new Store();
const plugins = new Plugins(api);
const images = new Images(api);
const view = new SetView(api, images);
const past = new History(api, images);
const redraws = new Redraws(api, view, past);

promptList(store);
style(store, plugins);
settings(store, plugins);
attention(store, plugins);
memberDialog(api, view, redraws, (image) => {
  const reference = { file: image.file, name: fileName(image.file), weight: 1, prompt: image.prompt };
  store.replace({ ...store.draft, references: [...store.draft.references, reference] });
});

setActions(view, [
  ...runningActions(api, view),
  {
    label: 'Use these settings',
    when: () => true,
    run: async (job) => store.replace(draftOf(job.request)),
  },
]);

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
  const [capabilities] = await Promise.all([api.get('capabilities'), plugins.refresh(), past.refresh()]);
  byId('server').textContent = capabilities.version;
  const running = past.jobs.find((job) => job.status === 'running');
  if (running) {
    attempt(() => open(running.id));
  }
});
document.documentElement.dataset.ready = 'true';
