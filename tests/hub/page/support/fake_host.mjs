// A host that says what a test wants it to say, beside the real ones: for many, for hostile, and for numbered ones.
import { createRequire } from 'node:module';

const { io } = createRequire(new URL('../../../peers/package.json', import.meta.url))('socket.io-client');

export class FakeHost {
  /** What users sent, as [event, data]. */
  received = [];

  constructor(url, context) {
    this.context = { dcc: 'fake', name: context.uuid, user: 'ada', project: 'north', pid: 4242, ...context };
    const options = { transports: ['websocket'], forceNew: false };
    this.dcc = io(`${url}dcc`, { ...options, forceNew: true });
    this.action = this.dcc.io.socket('/dcc/action');
    this.front = this.dcc.io.socket('/front-event');
    this.dcc.on('disconnect', (reason) => !this.hasEnded && console.error(`the host ${context.uuid} lost its connection: ${reason}`));
    this.action.onAny((event, data) => this.received.push([event, data]));
  }
  async begin(runningActions = {}) {
    this.action.connect();
    this.front.connect();
    await this.say(this.dcc, 'initialization', { context: this.context, runningActions });
    await this.say(this.action, 'initialization', this.context);
    return this;
  }
  async say(socket, event, data) {
    const answer = await socket.timeout(60_000).emitWithAck(event, data);
    if (answer.status !== 200) throw new Error(`${event}: ${answer.msg}`);
  }
  query(action) {
    return this.say(this.action, 'query', { context_metadata: this.context, ...action });
  }
  update(diff) {
    return this.say(this.action, 'update', diff);
  }
  clear(uuid) {
    return this.say(this.action, 'clearAction', { uuid });
  }
  tell(event, data) {
    return this.say(this.front, event, { uuid: this.context.uuid, ...data });
  }
  end() {
    this.hasEnded = true;
    this.dcc.io._close();
  }
}

export const parameter = (type, value, more = {}) => ({ hide: false, tooltip: '', type, value, ...more });
export const command = (label, status, more = {}) => ({
  label, hide: false, tooltip: '', path: 'test.Fake', hide_parameters: false, ask_user: false, status, skip: false,
  progress: null, logs: [], parameters: {}, ...more,
});
export const action = (uuid, label, status, steps, more = {}) => ({
  uuid, name: uuid, label, hide: false, tooltip: '', simplify: false, status, execution_type: 1, steps, ...more,
});
export const step = (label, index, status, commands) => ({ label, hide: false, tooltip: '', index, status, commands });
