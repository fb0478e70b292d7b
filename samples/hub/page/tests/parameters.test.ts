import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Pairs, Typed } from '../src/parameters/draft.ts';
import { countFrames } from '../src/parameters/frames.ts';
import { show } from '../src/parameters/show.ts';
import { emptyValue, readType } from '../src/parameters/type.ts';
import { check } from '../src/parameters/validate.ts';

const value = (type: unknown, draft: unknown): unknown => {
  const checked = check(readType(type), draft);
  assert.ok('value' in checked, JSON.stringify(checked));
  return checked.value;
};
const error = (type: unknown, draft: unknown): string => {
  const checked = check(readType(type), draft);
  assert.ok('error' in checked, JSON.stringify(checked));
  return checked.error;
};

test('numbers', () => {
  assert.equal(value('int', ' 12 '), 12);
  assert.equal(value('int', 12), 12);
  assert.equal(value('int', '-3'), -3);
  assert.match(error('int', '1.5'), /no whole number/);
  assert.match(error('int', ''), /Enter a whole number/);
  assert.match(error('int', '99999999999999999999'), /too large/);
  assert.equal(value('float', '.5'), 0.5);
  assert.equal(value('float', '1e3'), 1000);
  assert.match(error('float', '1,5'), /no number/);
  assert.match(error('float', 'Infinity'), /no number/);
  assert.match(error('float', '1e999'), /no number/);
});

test('text is as long as people see it, and no longer than it may be', () => {
  assert.equal(value({ name: 'str', maxLenght: 2 }, '🎬é'), '🎬é');
  assert.match(error({ name: 'str', maxLenght: 2 }, 'abc'), /3 characters; at most 2/);
  assert.equal(value('str', ''), '');
});

test('paths need their extension', () => {
  const type = { name: 'Path', extensions: ['abc', '.usd', '*.usda'] };
  assert.equal(value(type, ' /a/B.ABC '), '/a/B.ABC');
  assert.equal(value(type, 'x.usda'), 'x.usda');
  assert.match(error(type, '/a/b.fbx'), /\.abc or \.usd or \.usda/);
  assert.match(error(type, ''), /Enter a path/);
  assert.equal(value({ name: 'Path', extensions: ['*'] }, 'anything'), 'anything');
  assert.match(error({ name: 'task_file', directory: true }, ''), /Enter a folder/);
  assert.deepEqual(value({ name: 'task_file', multiple: true }, ['/a', '/b']), ['/a', '/b']);
  assert.match(error({ name: 'Path', multiple: true }, []), /at least one/);
});

test('a path that the host has left empty may stay so, and what it has sent is fine', () => {
  const fits = (type: unknown, draft: unknown, given: unknown): boolean => 'value' in check(readType(type), draft, given);
  for (const type of [{ name: 'Path' }, { name: 'task_file', directory: true }, { name: 'Path', extensions: ['abc'] }]) {
    assert.ok(fits(type, '', '') && fits(type, '', '/a.abc') && fits(type, '/odd.fbx', '/odd.fbx'));
    assert.ok(!fits(type, '', null));
  }
  const paths = { name: 'Path', multiple: true };
  assert.ok(fits(paths, [], []) && fits(paths, [], ['/a']) && fits(paths, ['', '/a'], ['', '/a']));
  assert.ok(!fits(paths, [], null) && !fits(paths, [''], []));
});

test('choices are those that there are, of whatever type', () => {
  const type = { name: 'select', options: { One: 1, Two: { a: 2 } } };
  assert.deepEqual(value(type, { a: 2 }), { a: 2 });
  assert.match(error(type, 3), /Choose one/);
  assert.deepEqual(value({ name: 'multiple_select', options: { One: 1, Two: 2 } }, [2, 9]), [2]);
  assert.equal(emptyValue(readType(type)), 1);
});

test('ranges, arrays, lists and mappings are checked through and through', () => {
  assert.equal(value({ name: 'range', start: 0, end: 10 }, '4'), 4);
  assert.match(error({ name: 'range', start: 0, end: 10 }, 11), /between 0 and 10/);
  assert.deepEqual(value({ name: 'int_array', size: 2 }, ['1', 2]), [1, 2]);
  assert.match(error({ name: 'int_array', size: 2 }, ['1', 'x']), /Line 2/);
  assert.deepEqual(value({ name: 'list', itemType: { name: 'int' } }, ['7']), [7]);
  assert.match(error({ name: 'editable_list', itemType: 'int' }, ['7', 'x']), /Line 2: "x"/);
  assert.deepEqual(value({ name: 'dict', key: 'str', value: 'int' }, { a: '1' }), { a: 1 });
  assert.match(error({ name: 'dict', key: 'str', value: 'int' }, { a: 'x' }), /"a": "x"/);
  assert.deepEqual(value('dict', { a: '[1]', b: 'text' }), { a: '[1]', b: 'text' });
});

test('what may be of any type is what it was, until somebody types over it', () => {
  const [list, mapping] = [{ name: 'list', itemType: 'any' }, { name: 'dict', value: 'any' }];
  const texts = ['1001', 'true', 'null', '1e3', '[1]', 'text'];
  assert.deepEqual(value(list, texts), texts);
  assert.deepEqual(value(mapping, { a: '1001', b: [1], c: null }), { a: '1001', b: [1], c: null });
  const over = (before: unknown, text: string): unknown => value('any', Typed.over(before, text));
  assert.equal(over('1001', '1002'), '1002');
  assert.equal(over(Typed.over('1001', ''), '7'), '7');
  assert.equal(over(1001, '1002'), 1002);
  assert.deepEqual(over(null, '[1]'), [1]);
  assert.equal(over(null, 'text'), 'text');
  assert.deepEqual(value(mapping, new Pairs([['a', Typed.over(null, '[1]')], ['b', '2']])), { a: [1], b: '2' });
});

test('names of a mapping are there once, and not empty', () => {
  const type = { name: 'dict', key: 'str', value: 'str' };
  const pairs = (...list: [string, unknown][]): Pairs => new Pairs(list);
  assert.deepEqual(value(type, pairs(['right', 'R'], ['1001', 'L'])), { right: 'R', 1001: 'L' });
  assert.match(error(type, pairs(['a', '1'], ['a', '2'])), /"a" is there twice/);
  assert.match(error(type, pairs(['a', '1'], ['', '2'])), /Line 2 has no name/);
  assert.deepEqual(value(type, { '': 'as the host has it' }), { '': 'as the host has it' });
  assert.deepEqual(value(type, pairs(['constructor', 'x'])), { constructor: 'x' });
});

test('frames are counted as the runtime reads them', () => {
  for (const [text, count] of [['', 0], ['7', 1], ['1-10', 10], ['10-1', 10], ['1-10x3', 4], ['-5--1', 5], ['1-50x5,78', 11], [' 1 - 3 , 5', 4]] as const) {
    assert.equal(countFrames(text), count, text);
  }
  for (const wrong of ['a', '1-', '1-2-3', '1-10x0', '1,,2', '1-9999999']) assert.equal(countFrames(wrong), null, wrong);
});

test('a type that makes no sense is any, and takes anything', () => {
  for (const wrong of [null, 5, [], { name: 7 }, { name: 'constructor' }, { name: 'list', itemType: { name: 'list', itemType: null } }]) {
    const type = readType(wrong);
    check(type, { a: [1] });
    show(type, { a: 1 });
  }
  assert.equal(readType({ name: 'range', start: 'x', end: null, increment: 0 }).increment, 1);
  let deep: unknown = 'int';
  for (let n = 0; n < 1000; n += 1) deep = { name: 'list', itemType: deep };
  assert.equal(readType(deep).kind, 'list');
});
