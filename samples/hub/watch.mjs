// A user's page as text: prints what the page shows, answers what is asked, and ends when the demo's four actions have
// completed. Ends with 1 where a host was lost meanwhile, or nobody was warned of the one that holds its loop.
// Usage: node watch.mjs URL FILE, in which it says when it is there
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { io } = createRequire(new URL('../../tests/peers/package.json', import.meta.url))('socket.io-client');
const socket = io(`${process.argv[2]}ui`, { transports: ['websocket'] });
const expected = ['copy_files', 'build_scene', 'review', 'block_loop'];
const [COMPLETED, , WAITING, , INVALID, ERROR] = [0, 1, 2, 3, 4, 5];

const say = (line) => console.log(line);
const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
const merge = (into, diff) => {
  for (const [key, value] of Object.entries(diff)) {
    if (isObject(value) && isObject(into[key])) merge(into[key], value);
    else into[key] = value;
  }
  return into;
};

const actions = new Map(); // by uuid
const told = new Set();
const once = (key, tell) => {
  if (told.has(key)) return;
  told.add(key);
  tell();
};
const busy = { loop: 0, main: 0, workers: 0 };
let warned = false;
let lost = false;

function* commandsOf(action) {
  for (const [step, { commands = {} }] of Object.entries(action.steps ?? {})) {
    for (const [name, command] of Object.entries(commands)) yield [step, name, command];
  }
}

function answer(action, step, name, command) {
  const asked = Object.entries(command.parameters).filter(([, parameter]) => !parameter.hide);
  const values = {};
  for (const [key, { label, type, value }] of asked) {
    values[key] = { value: type.options ? Object.values(type.options)[0] : value };
    say(`  ? ${action.label}: ${label}  I answer ${JSON.stringify(values[key].value)}`);
  }
  socket.emit('actionUpdate', { uuid: action.uuid, steps: { [step]: { commands: { [name]: { ask_user: false, parameters: values } } } } });
}

function look(action) {
  for (const [step, name, command] of commandsOf(action)) {
    const of = `${action.uuid} ${step} ${name}`;
    const title = `${action.label}: ${command.label}`;
    const quarter = Math.floor((command.progress ?? 0) / 25) * 25;
    if (quarter > 0) once(`${of} ${quarter}`, () => say(`    ${title}  ${'#'.repeat(quarter / 5).padEnd(20, '.')} ${quarter} %`));
    for (const [index, { level, message }] of (command.logs ?? []).entries()) {
      once(`${of} log ${index}`, () => say(`    ${title}  ${level}: ${message}`));
    }
    if (command.status === WAITING) once(`${of} asks`, () => answer(action, step, name, command));
  }
  if (action.status === COMPLETED) once(`${action.uuid} done`, () => say(`  = ${action.label}: completed`));
  if (action.status === ERROR || action.status === INVALID) lost = true;
  const done = [...actions.values()].filter(({ status }) => status === COMPLETED).map(({ name }) => name);
  if (expected.every((name) => done.includes(name))) finish();
}

function finish() {
  const seconds = (lane) => `${busy[lane].toFixed(1)} s`;
  say(`busy: main thread ${seconds('main')}, workers ${seconds('workers')}, loop ${seconds('loop')}`);
  if (!warned) say('nobody was warned of the loop that is held');
  if (lost) say('a host was lost, or an action failed');
  process.exit(warned && !lost ? 0 : 1);
}

const see = (action) => {
  once(action.uuid, () => say(`  + ${action.label}, on ${action.context_metadata.name}`));
  actions.set(action.uuid, action);
  look(action);
};
const fetchActions = () => socket.emit('getRunningActions', {}, ({ data }) => Object.values(data).forEach(see));

socket.on('connect', () => {
  fetchActions();
  writeFileSync(process.argv[3], 'here I am\n');
});
socket.on('dccConnect', ({ data: { context } }) => {
  once(`host ${context.uuid}`, () => say(`* ${context.name} is here (${context.dcc}, pid ${context.pid})`));
  fetchActions();
});
socket.on('dccDisconnect', () => (lost = true));
socket.on('actionQuery', ({ data }) => see(data));
socket.on('actionUpdate', ({ data }) => {
  const known = actions.get(data.uuid);
  if (known) look(merge(known, data));
});
socket.on('frontEvent', (event) => {
  if (event.type === 'metrics') for (const lane of Object.keys(busy)) busy[lane] += event[lane].busy;
  if (event.type === 'loopStalled') warned = true;
  if (event.message) say(`  ! ${event.message}`);
});
process.stdin.on('end', () => process.exit(1)).resume(); // whoever started it is gone
