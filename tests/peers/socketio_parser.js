// npm's socket.io-parser, for the tests of the codec. Takes JSON on its standard input:
//   {"encode": [packet, ...], "decode": [[frame, ...], ...]}
// and answers with
//   {"encoded": [[frame, ...], ...], "decoded": [[packet, ...] or {"error": message}, ...]}
// A frame is a text, or {"$bytes": hex}, which is also how packets hold bytes.
const { Encoder, Decoder } = require('socket.io-parser');

function toBytes(value) {
  if (Array.isArray(value)) return value.map(toBytes);
  if (value === null || typeof value !== 'object') return value;
  if (typeof value.$bytes === 'string') return Buffer.from(value.$bytes, 'hex');
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toBytes(item)]));
}

function fromBytes(value) {
  if (Buffer.isBuffer(value)) return { $bytes: value.toString('hex') };
  // Half a surrogate pair would not survive the way back.
  if (typeof value === 'string') return value.replace(/\p{Surrogate}/gu, '\ufffd');
  if (Array.isArray(value)) return value.map(fromBytes);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fromBytes(item)]));
}

function decode(frames) {
  const decoder = new Decoder();
  const packets = [];
  decoder.on('decoded', (packet) => packets.push(fromBytes(packet)));
  try {
    frames.map(toBytes).forEach((frame) => decoder.add(frame));
  } catch (error) {
    return { error: error.message };
  }
  return packets;
}

const asked = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const answer = {
  encoded: asked.encode.map((packet) => fromBytes(new Encoder().encode(toBytes(packet)))),
  decoded: asked.decode.map(decode),
};
process.stdout.write(JSON.stringify(answer));
