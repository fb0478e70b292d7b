// A user's page without the page, as the test has it: answers what the shot asks once the render is past 25 %, cancels the
// render when the shot is done, and then takes the shot back. Writes what it saw and did as a JSON line each.
// Usage: node user.js URL
const socket = require('socket.io-client').io(`${process.argv[2]}/ui`, { transports: ['websocket'] });

const say = (what, more = {}) => console.log(JSON.stringify({ what, ...more }));
const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
const merge = (into, diff) => {
  for (const [key, value] of Object.entries(diff)) {
    if (isObject(value) && isObject(into[key])) merge(into[key], value);
    else into[key] = value;
  }
};
const [COMPLETED, INITIALIZED, WAITING] = [0, 1, 2];
const actions = new Map(); // by uuid
const updates = new Map(); // how many, by name
const done = new Set();
const once = (what, act) => {
  if (done.has(what)) return;
  done.add(what);
  say(what);
  act();
};
const named = (name) => [...actions.values()].find((action) => action.name === name);
const commands = (action) => Object.values(action.steps).flatMap((step) => Object.values(step.commands));

const look = () => {
  const [shot, render] = [named('shot'), named('render')];
  if (!shot || !render) return;
  const progress = Math.max(0, ...commands(render).map((command) => command.progress ?? 0));
  if (shot.status === WAITING && progress > 25) {
    once('answered', () => socket.emit('actionUpdate', {
      uuid: shot.uuid,
      steps: { ask: { commands: { note: { ask_user: false, parameters: { message: { value: 'looks fine' } } } } } },
    }));
  }
  if (shot.status === COMPLETED) once('cancelled', () => socket.emit('clearAction', { uuid: render.uuid }));
  if (done.has('cancelled')) once('taken back', () => socket.emit('undoLastCommand', { uuid: shot.uuid, full: true }));
  if (done.has('taken back') && shot.status === INITIALIZED) once('all is as it was', () => {});
};

const see = (action) => {
  if (!actions.has(action.uuid)) say('action', { name: action.name, label: action.label });
  actions.set(action.uuid, action);
  look();
};
socket.on('actionQuery', ({ data }) => see(data));
socket.on('dccConnect', ({ data }) => {
  say('host', { dcc: data.context.dcc, uuid: data.context.uuid });
  socket.emit('getRunningActions', {}, (answer) => Object.values(answer.data).forEach(see));
});
socket.on('dccDisconnect', () => say('host gone'));
socket.on('actionUpdate', ({ data }) => {
  const known = actions.get(data.uuid);
  if (!known) return;
  merge(known, data);
  updates.set(known.name, (updates.get(known.name) ?? 0) + 1);
  look();
});
socket.on('connect', () => say('here'));
process.stdin.on('end', () => {
  say('updates', Object.fromEntries(updates));
  process.exit(0); // whoever started it is gone
}).resume();
