// Every control of the page, clicked in a real browser, obeyed by a real host.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { axe, eventually, open, shot } from '../support/browser.mjs';
import { RealHost, definition } from '../support/real_host.mjs';
import { browser, hub } from '../support/stage.mjs';

/** Runs a host with these actions, and a page that looks at the first of them. */
async function see(definitions, work) {
  const host = new RealHost(definitions).run(hub.ws, Object.keys(definitions));
  const opened = await open(browser, hub.url);
  const { page } = opened;
  try {
    const label = /label: (.+)/.exec(Object.values(definitions)[0])[1];
    await page.locator('.action-entry', { hasText: label }).click();
    await page.getByRole('heading', { level: 1, name: label }).waitFor();
    await work({ ...opened, host });
    assert.deepEqual(opened.errors, [], 'the console is quiet');
  } catch (error) {
    await shot(page, 'controls-failed');
    throw new Error(`${error.message}\nthe host said:\n${host.output}`, { cause: error });
  } finally {
    await opened.close();
    await host.end();
    await eventually(async () => (await (await fetch(`${hub.url}health`)).json()).hosts === 0, 'the hub forgets the host');
  }
}
const button = (page, name) => page.getByRole('button', { name, exact: true });
const badge = (page, text) => page.locator('.title-line .badge', { hasText: text }).waitFor();
const state = (page, label, text) => page.locator('.command-row', { hasText: label }).locator('.command-state', { hasText: text }).waitFor();
async function logLines(page) {
  await page.getByRole('tab', { name: /Log/ }).click();
  return page.locator('.log-line .log-message').allTextContents();
}
const confirm = async (page, yes) => {
  await page.getByRole('dialog').getByRole('button', { name: yes }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
};

test('a prompt has the right control for each type, says what is wrong, and brings the host what was entered', () =>
  see({ ask: definition('ask', 'Ask for all', ['all: {path: page.Ask, label: All}']) }, async ({ page }) => {
    await badge(page, 'Needs you');
    const form = page.getByRole('form', { name: 'Answer' });
    const field = (name) => form.getByLabel(name, { exact: true });

    // What is missing or wrong is said at its control, and nothing is sent.
    await field('Version').fill('twelve');
    await field('Name').fill('much too long a name');
    await field('Scale').fill('half');
    await field('Frames').fill('one to ten');
    await button(form, 'Continue').click();
    for (const wrong of ['"twelve" is no whole number.', 'This has 20 characters; at most 12 fit.', '"half" is no number', 'Enter a path.', 'Write frames as']) {
      await form.getByText(wrong).waitFor();
    }
    assert.equal(await field('Version').getAttribute('aria-invalid'), 'true');
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-invalid')), 'true', 'the first wrong one has the focus');
    await shot(page, 'prompt-refused');
    assert.deepEqual(await axe(page), []);
    await badge(page, 'Needs you');

    // Looking at something else meanwhile loses nothing.
    await page.locator('.host-entry').click();
    await badge(page, 'Live');
    assert.equal(await page.title(), '(1) Silex');
    await button(page, '1 needs you').click();
    assert.equal(await field('Version').inputValue(), 'twelve');

    await field('Name').fill('sh020');
    await field('Notes').fill('two\nlines <b>bold</b>');
    await field('Version').fill('12');
    await field('Scale').fill('0.25');
    await field('Textures').check();
    await field('File').fill('/north/sh020.abc');
    await form.getByRole('group', { name: 'Layers' }).getByRole('button', { name: 'Add a line' }).click();
    await field('Layers, line 2').fill('/b.exr');
    await field('Owner').fill('t2');
    await field('Format').selectOption({ label: 'USD' });
    await form.getByRole('group', { name: 'Quality' }).getByLabel('Final').check();
    await form.getByRole('group', { name: 'Passes' }).getByLabel('Depth').check();
    await field('Samples').focus();
    await page.keyboard.press('ArrowRight');
    await field('Resolution, 1 of 2').fill('2048');
    await form.getByRole('group', { name: 'Plain' }).getByRole('button', { name: 'Add a line' }).click();
    await field('Plain, line 2').fill('7');
    await button(form, 'Move Tags, line 2 up').click();
    await button(form, 'Remove Tags, line 2').click();
    await form.getByRole('group', { name: 'Names' }).getByRole('button', { name: 'Add a pair' }).click();
    await field('Names, name 2').fill('right');
    await field('Names, value of right').fill('2');
    await field('Frames').fill('1-50x5,78');
    await form.getByText('11 frames').waitFor();
    await form.getByText('The disk is nearly full.').waitFor();
    await shot(page, 'prompt-filled');
    await button(form, 'Continue').click();
    await badge(page, 'Completed');
    const got = (await logLines(page)).find((line) => line.startsWith('got '));
    assert.deepEqual(JSON.parse(got.slice(4)), {
      name: 'sh020', notes: 'two\nlines <b>bold</b>', version: 12, scale: 0.25, textures: true, file: '/north/sh020.abc',
      layers: ['/a.exr', '/b.exr'], owner: 't2', format: 'usd', quality: 1, passes: ['b', 'd'], samples: 6,
      resolution: [2048, 1080], plain: [1, 7], tags: ['night'], names: { left: 1, right: 2 },
      info: 'The disk is nearly full.', frames: '1-50x5,78',
    });
  }));

test('pause, step, continue, undo, redo and cancel', () =>
  see({
    work: definition('work', 'Work on', [
      'a: {path: page.Work, label: First, parameters: {text: a, until: FOLDER/a, percent: 62}}',
      'b: {path: page.Work, label: Second, parameters: {text: b}}',
      'c: {path: page.Work, label: Third, parameters: {text: c}}',
      'd: {path: page.Work, label: Fourth, parameters: {text: d, until: FOLDER/d}}',
    ]),
  }, async ({ page, host, acknowledged }) => {
    await badge(page, 'Running');
    await state(page, 'First', '62 %');
    assert.ok(await button(page, 'Step').isDisabled());
    await button(page, 'Pause').click();
    // The host has no way to say that it will pause: it does before the next command.
    await eventually(() => acknowledged.includes('actionUpdate'), 'the hub has forwarded it');
    await page.getByText('Pauses before the next command').waitFor();
    await shot(page, 'will-pause');
    assert.deepEqual(await axe(page), []);
    host.make('a');
    await badge(page, 'Paused');
    await page.getByText('Pauses before the next command').waitFor({ state: 'detached' });
    await state(page, 'First', 'Completed');
    await state(page, 'Second', 'To do');
    await button(page, 'Step').click();
    await state(page, 'Second', 'Completed');
    await badge(page, 'Paused');
    await state(page, 'Third', 'To do');
    await button(page, 'Continue').click();
    await state(page, 'Fourth', '50 %');
    await badge(page, 'Running');

    await button(page, 'Undo last').click();
    await state(page, 'Fourth', 'To do');
    await eventually(async () => (await page.locator('.progress-line').textContent()).match(/[23] of 4/), 'the last one is taken back');
    await button(page, 'Undo all').click();
    await confirm(page, 'Undo all');
    await state(page, 'First', 'To do');
    await badge(page, 'Ready');
    await button(page, 'Step').click();
    await state(page, 'First', 'Completed');
    await badge(page, 'Paused');
    await state(page, 'Second', 'To do');
    host.make('d');
    await button(page, 'Continue').click();
    await badge(page, 'Completed');
    const lines = await logLines(page);
    for (const line of ['undone c', 'undone b', 'undone a']) assert.ok(lines.includes(line), `${line} in ${lines}`);
    await shot(page, 'undone-and-done');

    await button(page, 'Undo all').click();
    await page.keyboard.press('Escape');
    await badge(page, 'Completed');
    await button(page, 'Undo all').click();
    await confirm(page, 'Undo all');
    await badge(page, 'Ready');
    await button(page, 'Redo').click();
    await badge(page, 'Completed');
    await button(page, 'Dismiss').click();
    await badge(page, 'Ended');
    await button(page, 'Remove from the list').click();
    await page.getByText('It is not here any more').or(page.getByText('Nothing runs')).waitFor();
  }));

test('cancel stops what runs, after a question', () =>
  see({ work: definition('work', 'Work for long', ['a: {path: page.Work, parameters: {until: FOLDER/never}}']) }, async ({ page, host }) => {
    await badge(page, 'Running');
    await button(page, 'Cancel').click();
    await confirm(page, 'Keep it');
    await badge(page, 'Running');
    await button(page, 'Cancel').click();
    await confirm(page, 'Cancel it');
    await badge(page, 'Ended');
    await page.getByText('cancelled', { exact: true }).first().waitFor();
    await eventually(() => /cancelled/.test(host.output), 'the host says that it was cancelled');
  }));

test('what failed shows why, takes another value, and is tried again; what waits can be skipped', () =>
  see({
    fail: definition('fail', 'Fail first', [
      'a: {path: page.Fail, label: Risky}',
      'b: {path: page.Fail, label: Optional, ask_user: true}',
    ]),
  }, async ({ page }) => {
    await badge(page, 'Failed');
    const form = page.getByRole('form', { name: 'Try again' });
    await form.getByText('it broke & fell').waitFor();
    assert.deepEqual(await logLines(page), ['Traceback of <b>it</b>\nit broke & fell']);
    assert.equal(await page.locator('.traceback b').count(), 0, 'a log is text');
    await page.getByRole('button', { name: 'Errors' }).click();
    await page.getByLabel('Search the log').fill('nothing like this');
    await page.getByText('No such line').waitFor();
    await page.getByLabel('Search the log').fill('FELL');
    await page.locator('.log-line').waitFor();
    await page.getByRole('tab', { name: 'Steps' }).click();
    await page.getByRole('button', { name: /Risky/ }).click();
    await page.locator('.command-detail dd', { hasText: 'Yes' }).waitFor();
    await form.getByLabel('Fail').uncheck();
    await button(form, 'Try again').click();
    await page.getByText('Optional needs an answer').waitFor();
    await state(page, 'Risky', 'Completed');
    await button(page.getByRole('form', { name: 'Answer' }), 'Skip').click();
    await badge(page, 'Completed');
    await state(page, 'Optional', 'Skipped');
  }));

test('a command that holds the loop is named, while the connection stays', () =>
  see({
    hold: definition('hold', 'Hold the loop', ['a: {path: page.Hold, label: Greedy, parameters: {until: FOLDER/free}}']),
    beside: definition('beside', 'Beside', ['a: {path: page.Work, parameters: {until: FOLDER/free}}']),
  }, async ({ page, host }) => {
    const banner = page.locator('.banner', { hasText: 'holds the loop' });
    await banner.waitFor();
    assert.match(await banner.textContent(), /Greedy/);
    await page.locator('.host-entry.busy').waitFor();
    await shot(page, 'loop-held');
    assert.ok(!existsSync(path.join(host.folder, 'free')));
    // Whoever opens the page only now is warned too.
    const late = await open(browser, page.url());
    try {
      const seen = late.page.locator('.banner', { hasText: 'holds the loop' });
      await seen.waitFor();
      assert.match(await seen.textContent(), /Greedy/);
      await late.page.locator('.host-entry.busy').waitFor();
      await shot(late.page, 'loop-held-opened-late');
      host.make('free');
      await seen.waitFor({ state: 'detached' });
      assert.deepEqual(late.errors, []);
    } finally {
      await late.close();
    }
    await banner.waitFor({ state: 'detached' });
    await page.locator('.host-entry').click();
    await page.getByText('Loop free again').waitFor();
    await badge(page, 'Live');
  }));

test('two pages answer one prompt: one answer counts, and the other page says so', () =>
  see({
    ask: definition('ask', 'Ask twice', [
      'a: {path: page.Fail, label: One, ask_user: true, parameters: {fail: false}}',
      'b: {path: page.Fail, label: Two, ask_user: true, parameters: {fail: false}}',
      'c: {path: page.Work, label: Between, parameters: {text: between}}',
      'd: {path: page.Fail, label: Last, ask_user: true, parameters: {fail: false}}',
    ]),
  }, async ({ page, host }) => {
    const other = await open(browser, page.url());
    try {
      const forms = [page, other.page].map((one) => one.getByRole('form', { name: 'Answer' }));
      for (const form of forms) await form.getByText('2 commands need an answer').waitFor();
      // The host reacts to neither before both have answered, however slow one of the pages is.
      host.child.kill('SIGSTOP');
      await Promise.all(forms.map((form) => form.evaluate((element) => element.requestSubmit())));
      const refusal = /another user has answered/;
      await eventually(async () => (await page.getByText(refusal).count()) + (await other.page.getByText(refusal).count()) === 1, 'one of the pages is told');
      host.child.kill('SIGCONT');
      // Nobody answered the last one: the late answer did not count for it.
      for (const form of forms) await form.getByText('Last needs an answer').waitFor();
      await shot(other.page, 'answered-twice');
      await button(forms[1], 'Continue').click();
      for (const one of [page, other.page]) await badge(one, 'Completed');
      assert.deepEqual(other.errors, []);
    } finally {
      await other.close();
    }
  }));

test('everything can be reached and worked with the keyboard alone', () =>
  see({ ask: definition('ask', 'By keyboard', ['a: {path: page.Fail, label: Asks, ask_user: true}', 'b: {path: page.Work, label: Works}']) }, async ({ page }) => {
    await badge(page, 'Needs you');
    await page.evaluate(() => document.activeElement.blur());
    const reached = new Set();
    for (let n = 0; n < 60; n += 1) {
      await page.keyboard.press('Tab');
      reached.add(await page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent.trim()));
    }
    for (const name of ['To the main part', 'Filter hosts and actions', 'Continue', 'Skip', 'Cancel']) {
      assert.ok([...reached].some((one) => one.includes(name)), `${name} among ${[...reached].join(', ')}`);
    }
    await page.getByRole('switch', { name: 'Fail' }).focus();
    await page.keyboard.press('Space');
    await button(page, 'Continue').focus();
    await page.keyboard.press('Enter');
    await badge(page, 'Completed');
    await page.getByRole('tab', { name: 'Steps' }).focus();
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'tab-log');
    await page.locator('.log-line', { hasText: 'done' }).waitFor();

    const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
    const toggle = page.getByRole('button', { name: /^Theme/ });
    assert.equal(await theme(), 'auto');
    await toggle.press('Enter');
    assert.equal(await theme(), 'light');
    await toggle.press('Enter');
    assert.equal(await theme(), 'dark');
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'By keyboard' }).waitFor();
    assert.equal(await theme(), 'dark', 'it is remembered, as is the place');
  }));
