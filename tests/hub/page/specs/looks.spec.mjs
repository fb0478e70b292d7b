// How the page looks in each state, wide and narrow, light and dark: a picture of each, and what axe says to it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, launch, open, shot } from '../support/browser.mjs';
import { FakeHost, action, command, parameter, step } from '../support/fake_host.mjs';
import { startHub } from '../support/hub.mjs';

let [hub, browser] = [];
const hosts = [];
const frame = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

const longPath = `/north/shots/sh010/${'lighting_and_rendering_'.repeat(4)}v012.usd`;
const everyType = {
  name: parameter({ name: 'str', multiline: false, maxLenght: 24 }, 'sh010', { label: 'Name', tooltip: 'As it is shown to the others.' }),
  notes: parameter({ name: 'str', multiline: true }, 'Two lines\nof notes', { label: 'Notes' }),
  version: parameter({ name: 'int' }, 12, { label: 'Version' }),
  scale: parameter({ name: 'float' }, 0.25, { label: 'Scale' }),
  textures: parameter({ name: 'bool' }, true, { label: 'With textures' }),
  file: parameter({ name: 'Path', extensions: ['abc', 'usd'], multiple: false }, '/north/sh010/cache.abc', { label: 'Cache' }),
  layers: parameter({ name: 'task_file', extensions: ['*'], multiple: true, directory: false }, ['/north/a.exr', '/north/b.exr'], { label: 'Layers' }),
  format: parameter({ name: 'select', options: { Alembic: 'abc', USD: 'usd' } }, 'abc', { label: 'Format' }),
  quality: parameter({ name: 'radio_select', options: { Draft: 0, Final: 1 } }, 1, { label: 'Quality' }),
  source: parameter({ name: 'radio_select', options: { [longPath]: 1, None: 0 } }, 0, { label: 'Source' }),
  passes: parameter({ name: 'multiple_select', options: { Beauty: 'b', Depth: 'd', Motion: 'm' } }, ['b', 'd'], { label: 'Passes' }),
  samples: parameter({ name: 'range', start: 0, end: 10, increment: 2, value_label: 'per pixel', marks: true, n_marks: null }, 4, { label: 'Samples' }),
  resolution: parameter({ name: 'int_array', size: 2 }, [1920, 1080], { label: 'Resolution' }),
  tags: parameter({ name: 'editable_list', itemType: { name: 'str' } }, ['hero', 'night'], { label: 'Tags' }),
  rename: parameter({ name: 'dict', key: { name: 'str' }, value: { name: 'any' } }, { left: 'L' }, { label: 'Names' }),
  info: parameter({ name: 'text', color: 'warning', progress: null }, 'The disk is nearly full.', { label: 'Mind' }),
  frames: parameter({ name: 'FrameSet' }, '1-50x5,78', { label: 'Frames' }),
};

async function fill() {
  const host = async (uuid, more = {}) => {
    const one = await new FakeHost(hub.url, { uuid, ...more }).begin();
    hosts.push(one);
    return one;
  };
  const maya = await host('h1', { name: 'sh010_lighting', dcc: 'maya', task: 'lighting', launchable: [{ name: 'publish', label: 'Publish', parameters: { 'a:b:note': { label: 'Note', type: { name: 'str' }, value: '' } } }] });
  const houdini = await host('h2', { name: 'crowd_sim', dcc: 'houdini', user: 'bob' });
  const blender = await host('h3', { name: 'props', dcc: 'blender' });
  const gone = await host('h4', { name: 'old_layout', dcc: 'blender' });

  await maya.query(action('run', 'Publish sh010', 3, {
    prepare: step('Prepare', 10, 0, { folders: command('Make folders', 0), check: command('Check the scene', 0, { logs: [{ level: 'WARNING', message: 'two textures have no colour space' }] }) }),
    files: step('Files', 20, 3, {
      cache: command('Copy the cache', 3, { progress: 62, logs: [{ level: 'INFO', message: 'sh010.abc, 2.4 GB' }, { level: 'INFO', message: 'to /north/publish/sh010' }], parameters: { src: parameter({ name: 'Path' }, '/scratch/sh010.abc', { label: 'Source' }), force: parameter({ name: 'bool' }, true, { label: 'Replace' }) } }),
      textures: command('Copy textures', 1), preview: command('Render a preview', 1, { skip: true }),
    }),
    tell: step('Tell the others', 30, 1, { mail: command('Write to the team', 1), note: command('Note in the log', 1) }),
  }));
  await maya.query(action('long', `Publish ${longPath}`, 0, { a: step('Publish', 10, 0, { a: command('Write', 0) }) }));
  await maya.query(action('ask', 'Review sh010', 2, { ask: step('Ask', 10, 2, { note: command('Note', 2, { parameters: everyType, tooltip: 'What the others get to read.' }) }) }));
  await houdini.query(action('fail', 'Simulate the crowd', 5, { sim: step('Simulation', 10, 5, {
    load: command('Load agents', 0), run: command('Simulate', 5, { parameters: { seed: parameter({ name: 'int' }, 7, { label: 'Seed' }) }, logs: [
      { level: 'INFO', message: 'frame 1' }, { level: 'ERROR', message: 'agent 12 has no rig' },
      { level: 'TRACEBACK', message: 'Traceback (most recent call last):\n  File "crowd.py", line 40, in step\n    rig = rigs[agent]\nKeyError: 12' }] }),
  }) }, { execution_type: 0 }));
  await blender.query(action('done', 'Export props', 0, { write: step('Write', 10, 0, { usd: command('Write USD', 0) }) }));
  await blender.query(action('paused', 'Clean up', 3, { a: step('Clean', 10, 3, { a: command('Find', 0), b: command('Delete', 1) }) }, { execution_type: 0 }));
  await gone.query(action('lost', 'Layout export', 3, { a: step('Export', 10, 3, { a: command('Write', 3) }) }));
  for (let n = 0; n < 40; n += 1) {
    await maya.tell('metrics', {
      type: 'metrics', time: Date.now() / 1000, seconds: 0.02,
      loop: { busy: 0.004, tasks: [{ name: 'copy', action: 'run', busy: 0.002 + 0.002 * Math.sin(n / 4) ** 2 }, { name: 'session', busy: 0.001 }] },
      main: { busy: 0.01, tasks: [{ name: 'build', action: 'run', busy: 0.008 * Math.cos(n / 7) ** 2 }, { name: 'note', action: 'ask', busy: 0.004 }] },
      workers: { threads: 4, busy: 0.05, tasks: [{ name: 'copy', action: 'run', busy: 0.05 }] }, calls_waiting: 3, jobs_waiting: 12,
    });
  }
  await houdini.tell('hostStatus', { type: 'slowCall', name: 'sop.cook', seconds: 1.4, message: 'The call sop.cook held the main thread for 1.4 s.' });
  await houdini.tell('hostStatus', { type: 'loopStalled', name: 'Simulate the crowd: Simulate', seconds: 4, message: 'The task holds the loop; the connection goes on.' });
  gone.end();
}

const places = {
  long: '#action/long', list: '#', run: '#action/run', ask: '#action/ask', fail: '#action/fail', host: '#host/h1', stalled: '#host/h2', ended: '#action/lost', gone: '#host/h4',
};
const ways = [
  { name: 'wide-light', width: 1280 }, { name: 'wide-dark', width: 1280, dark: true },
  { name: 'narrow-light', width: 400, height: 860 }, { name: 'narrow-dark', width: 400, height: 860, dark: true, few: true },
];

before(async () => {
  hub = await startHub();
  browser = await launch();
});
after(async () => {
  hosts.forEach((host) => host.end());
  await browser?.close();
  await hub?.kill();
});

async function look({ page, errors, close }, name, problems) {
  await frame(page);
  await shot(page, name);
  problems.push(...(await axe(page)).map((line) => `${name}: ${line}`), ...errors.splice(0).map((line) => `${name}: ${line}`));
}

/** Which of those that scroll have something beyond their edge: down is where one expects it, not on the right. */
const tooWide = (page) => page.evaluate(() =>
  [document.documentElement, ...document.querySelectorAll('.main, .side, .prompt, .virtual, .timeline')]
    .filter((one) => one.scrollWidth > one.clientWidth)
    .map((one) => `${one.scrollWidth - one.clientWidth} px beyond the edge of ${one.className || one.tagName}`));

test('with nothing there, it says what to do', async () => {
  const problems = [];
  for (const way of ways) {
    const opened = await open(browser, hub.url, way);
    await opened.page.getByText('No host is connected').waitFor();
    await look(opened, `empty-${way.name}`, problems);
    await opened.close();
  }
  assert.deepEqual(problems, []);
});

test('each state can be seen, read aloud, and told apart without colours', async () => {
  const problems = [];
  // A host that goes is seen to go by a page that is there.
  const opened = await Promise.all(ways.map((way) => open(browser, hub.url, way)));
  for (const { page } of opened) await page.locator('.link-state', { hasText: '0 hosts' }).waitFor();
  await fill();
  for (const [index, way] of ways.entries()) {
    const { page } = opened[index];
    const isWide = way.width > 760;
    await page.getByText('old_layout').waitFor();
    await page.getByText(/gone for/).waitFor();
    for (const [name, hash] of Object.entries(places)) {
      // Dark and narrow differ from dark, and from narrow, in nothing but the two together.
      if (way.few && !['list', 'run', 'ask'].includes(name)) continue;
      await page.evaluate((to) => (location.hash = to), hash);
      if (hash !== '#') await page.locator('main h1').waitFor();
      await look(opened[index], `${name}-${way.name}`, problems);
      problems.push(...(await tooWide(page)).map((line) => `${name}-${way.name}: ${line}`));
    }
    if (way.few) continue;
    await page.evaluate(() => (location.hash = '#action/run'));
    await page.getByRole('button', { name: /Copy the cache/ }).click();
    await page.getByText('to /north/publish/sh010').waitFor();
    await look(opened[index], `open-${way.name}`, problems);
    await page.getByRole('tab', { name: /Log/ }).click();
    await look(opened[index], `log-${way.name}`, problems);
    await page.getByRole('tab', { name: /Timeline/ }).click();
    await page.getByRole('table').waitFor();
    await look(opened[index], `timeline-${way.name}`, problems);
    await page.evaluate(() => (location.hash = '#action/fail'));
    await page.getByRole('tab', { name: /Log/ }).click();
    await look(opened[index], `traceback-${way.name}`, problems);
    await page.getByRole('button', { name: /^Launch/ }).first().click();
    await page.getByRole('dialog').waitFor();
    await look(opened[index], `launch-${way.name}`, problems);
    await page.keyboard.press('Escape');
    await page.evaluate(() => (location.hash = '#action/run'));
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('dialog').waitFor();
    await look(opened[index], `sure-${way.name}`, problems);
    assert.ok(isWide || (await page.locator('.side').isHidden()), 'in a narrow window, one thing at a time');
    await opened[index].close();
  }
  assert.deepEqual(problems, []);
});
