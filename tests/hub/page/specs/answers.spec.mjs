// What the page answers to a prompt: what the user has entered, and of all the rest what the host has sent.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually, open, shot } from '../support/browser.mjs';
import { FakeHost, action, command, parameter, step } from '../support/fake_host.mjs';
import { browser, hub } from '../support/stage.mjs';

const button = (page, name) => page.getByRole('button', { name, exact: true });
const asking = (parameters, more = {}) => action('ask', 'Ask', 2, { s: step('Step', 10, 2, { c: command('Question', 2, { parameters }) }) }, more);
const told = (status, parameters) => ({ uuid: 'ask', status, steps: { s: { status, commands: { c: { status, parameters } } } } });

/** A host whose action asks for these, and a page that looks at it. `answers()` are the values that it got. */
async function see(parameters, work) {
  const host = await new FakeHost(hub.url, { uuid: 'h' }).begin();
  await host.query(asking(parameters));
  const opened = await open(browser, `${hub.url}#action/ask`);
  const { page } = opened;
  const answers = () => host.received.filter(([event]) => event === 'update').map(([, diff]) =>
    Object.fromEntries(Object.entries(diff.steps.s.commands.c.parameters).map(([name, { value }]) => [name, value])));
  try {
    const form = page.getByRole('form', { name: 'Answer' });
    await form.waitFor();
    await work({ ...opened, form, host, answers, field: (name) => form.getByLabel(name, { exact: true }) });
    assert.deepEqual(opened.errors, []);
  } catch (error) {
    await shot(page, 'answers-failed');
    throw error;
  } finally {
    await opened.close();
    host.end();
    await eventually(async () => (await (await fetch(`${hub.url}health`)).json()).hosts === 0, 'the hub forgets the host');
  }
}

test('what nobody has touched goes back as it came', () => {
  const sent = {
    list: ['1001', 'true', 'null', '1e3', 7, null], mapping: { a: '1001', b: [1] }, folder: '', files: [], odd: '/odd.fbx',
  };
  return see({
    list: parameter({ name: 'list', itemType: { name: 'any' } }, sent.list),
    mapping: parameter({ name: 'dict', key: { name: 'str' }, value: { name: 'any' } }, sent.mapping),
    folder: parameter({ name: 'task_file', directory: true }, sent.folder, { label: 'Folder' }),
    files: parameter({ name: 'Path', multiple: true }, sent.files),
    odd: parameter({ name: 'Path', extensions: ['abc'] }, sent.odd),
  }, async ({ form, field, answers }) => {
    await button(form, 'Continue').click();
    await eventually(() => answers().length === 1, 'the answer comes');
    assert.deepEqual(answers()[0], sent);
    // Typed over, a text stays a text, and a number a number; the others are what they were.
    await field('list, line 1').fill('1002');
    await field('list, line 5').fill('8');
    await eventually(() => button(form, 'Continue').isEnabled(), 'it can be answered again');
    await button(form, 'Continue').click();
    await eventually(() => answers().length === 2, 'the answer comes');
    assert.deepEqual(answers()[1], { ...sent, list: ['1002', 'true', 'null', '1e3', 8, null] });
  });
});

test('names of a mapping stay where they are typed, and say what is wrong with them', () =>
  see({ names: parameter({ name: 'dict', key: { name: 'str' }, value: { name: 'str' } }, { left: 'L', right: 'R' }, { label: 'Names' }) },
    async ({ page, form, field, answers }) => {
      const type = async (text) => {
        await field('Names, name 2').focus();
        await page.keyboard.press('ControlOrMeta+A');
        await page.keyboard.press('Delete');
        await page.keyboard.type(text);
      };
      await type('left');
      await button(form, 'Continue').click();
      await form.getByText('The name "left" is there twice.').waitFor();
      await shot(page, 'names-twice');
      await type('');
      await form.getByText('Line 2 has no name.').waitFor();
      await type('1001');
      assert.deepEqual([await field('Names, name 1').inputValue(), await field('Names, name 2').inputValue()], ['left', '1001']);
      await button(form, 'Continue').click();
      await eventually(() => answers().length === 1, 'the answer comes');
      assert.deepEqual(answers()[0], { names: { left: 'L', 1001: 'R' } });
    }));

test('parameters with names of any script are asked for one by one', () => {
  const options = { One: 1, Two: 2 };
  const radio = (label) => parameter({ name: 'radio_select', options }, 1, { label });
  return see({ 名前: radio('Name'), 品質: radio('Quality'), '': parameter({ name: 'str' }, 'x', { label: 'None' }) }, async ({ form, field, answers }) => {
    await form.getByRole('group', { name: 'Name' }).getByLabel('Two').check();
    await form.getByRole('group', { name: 'Quality' }).getByLabel('Two').check();
    await form.getByRole('group', { name: 'Name' }).getByLabel('Two').and(form.locator(':checked')).waitFor();
    await field('None').fill('y');
    await button(form, 'Continue').click();
    await eventually(() => answers().length === 1, 'the answer comes');
    assert.deepEqual(answers()[0], { 名前: 2, 品質: 2, '': 'y' });
  });
});

test('what was answered is not the draft of the next prompt with the same name, however fast that comes', () =>
  see({ note: parameter({ name: 'str' }, '', { label: 'Note', uuid: '1' }) }, async ({ form, field, host, answers }) => {
    await field('Note').fill('for the first');
    await button(form, 'Continue').click();
    await eventually(() => answers().length === 1, 'the answer comes');
    // As one: the page sees nothing of what was between them.
    await Promise.all([
      host.update(told(3, { note: { value: 'for the first', hide: true } })),
      host.update(told(2, { note: parameter({ name: 'str' }, 'as the second has it', { label: 'Second note', uuid: '2' }) })),
    ]);
    await field('Second note').waitFor();
    assert.equal(await field('Second note').inputValue(), 'as the second has it');
    // One that only tells its value anew, as some hosts do.
    await field('Second note').fill('for the second');
    await eventually(() => button(form, 'Continue').isEnabled(), 'it can be answered');
    await button(form, 'Continue').click();
    await eventually(() => answers().length === 2, 'the answer comes');
    await host.update(told(2, { note: { value: 'as the third has it', label: 'Third note' } }));
    await field('Third note').waitFor();
    assert.equal(await field('Third note').inputValue(), 'as the third has it');
  }));
