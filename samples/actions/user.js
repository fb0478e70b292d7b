// A user's page without the page: answers what the review asks, takes the publish back, cancels the render.
// Usage: node user.js URL
const socket = require('socket.io-client').io(`${process.argv[2]}/ui`, { transports: ['websocket'] });

const say = (line) => console.log(line);
const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
const merge = (into, diff) => {
  for (const [key, value] of Object.entries(diff)) {
    if (isObject(value) && isObject(into[key])) merge(into[key], value);
    else into[key] = value;
  }
};
const [COMPLETED, INITIALIZED, WAITING, PROCESSING] = [0, 1, 2, 3];
const actions = {}; // by name
const done = new Set();
const once = (what, act) => {
  if (!done.has(what)) act();
  done.add(what);
};

const look = () => {
  const { review, publish, render } = actions;
  if (review?.status === WAITING) {
    once('answer', () => {
      say('the review asks; I answer "looks fine"');
      socket.emit('actionUpdate', {
        uuid: review.uuid,
        steps: { ask: { commands: { note: { ask_user: false, parameters: { message: { value: 'looks fine' } } } } } },
      });
    });
  }
  if (publish?.status === COMPLETED) {
    once('undo', () => {
      say('it is published; I take it back, all of it');
      socket.emit('undoLastCommand', { uuid: publish.uuid, full: true });
    });
  }
  if (publish?.status === INITIALIZED && done.has('undo') && render?.status === PROCESSING) {
    once('cancel', () => {
      say('I cancel the render');
      socket.emit('clearAction', { uuid: render.uuid });
    });
  }
};

const see = (action) => {
  if (!actions[action.name]) say(`I see "${action.label}"`);
  actions[action.name] = action;
  look();
};
socket.on('actionQuery', ({ data }) => see(data));
// What runs already when a host comes, the service knows from the host's introduction.
socket.on('dccConnect', () => {
  socket.emit('getRunningActions', {}, ({ data }) => Object.values(data).forEach(see));
});
socket.on('actionUpdate', ({ data }) => {
  const known = Object.values(actions).find((action) => action.uuid === data.uuid);
  if (known) merge(known, data);
  look();
});
socket.on('connect', () => say('here I am'));
process.stdin.on('end', () => process.exit(0)).resume(); // whoever started it is gone
