// The measurements of bench_net.cpp with npm's socket.io-client. Prints one JSON object.
const { io } = require('socket.io-client');
const socket = io(process.argv[2], { transports: ['websocket'], reconnection: false });
const emit = (payload) => new Promise((done) => socket.emit('e', payload, done));

async function inFlight(count, window, payload) {
  const cpu = process.cpuUsage();
  const start = process.hrtime.bigint();
  let issued = 0;
  const lane = async () => { while (issued < count) { ++issued; await emit(payload); } };
  await Promise.all(Array.from({ length: window }, lane));
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const used = process.cpuUsage(cpu);
  return { rate: count / seconds, cpu: (used.user + used.system) / 1e6 };
}

async function sequential(count, payload) {
  const times = [];
  for (let i = 0; i < count; ++i) {
    const start = process.hrtime.bigint();
    await emit(payload);
    times.push(Number(process.hrtime.bigint() - start) / 1e3);
  }
  times.sort((a, b) => a - b);
  return times[count >> 1];
}

socket.on('connect', async () => {
  const small = { data: 'x'.repeat(200) };
  await inFlight(2000, 64, small);
  const many = await inFlight(20000, 64, small);
  const p50 = await sequential(2000, small);
  await inFlight(50, 16, { data: 'x'.repeat(100000) });
  const large = await inFlight(500, 16, { data: 'x'.repeat(100000) });
  console.log(JSON.stringify({ rate: many.rate, cpu: many.cpu, p50, large: large.rate }));
  process.exit(0);
});
