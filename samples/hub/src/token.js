// A secret that only its owner can read: who has it may come in.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readFileSync, writeSync } from 'node:fs';

const { O_RDONLY, O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW = 0 } = constants;

function create(file) {
  const token = randomBytes(32).toString('base64url');
  const descriptor = openSync(file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  try {
    writeSync(descriptor, `${token}\n`);
  } finally {
    closeSync(descriptor);
  }
  return token;
}

/** What others could do with the file, as a sentence. @returns {string | undefined} */
function fault(file, status) {
  if (!status.isFile()) return `the token file ${file} is no regular file`;
  // Windows has no such bits; there the folder's permissions hold.
  if (process.platform === 'win32') return undefined;
  if (status.uid !== process.getuid()) return `the token file ${file} belongs to somebody else`;
  if ((status.mode & 0o077) === 0) return undefined;
  return `the token file ${file} can be read by others: chmod 600 it, or name one that does not exist yet`;
}

/**
 * The token in `file`, which is made where it is missing.
 * @throws {Error} with a sentence, where others can read it, or it has none.
 */
export function readToken(file) {
  let descriptor;
  try {
    descriptor = openSync(file, O_RDONLY | O_NOFOLLOW);
  } catch (error) {
    if (error.code === 'ENOENT') return create(file);
    if (error.code === 'ELOOP') throw new Error(`the token file ${file} is a link: name the file itself`);
    throw new Error(`the token file ${file} cannot be read: ${error.message}`);
  }
  try {
    const wrong = fault(file, fstatSync(descriptor));
    if (wrong) throw new Error(wrong);
    const token = readFileSync(descriptor, 'utf8').trim();
    if (token.length < 16) throw new Error(`the token in ${file} has ${token.length} characters: it needs 16 at least`);
    return token;
  } finally {
    closeSync(descriptor);
  }
}

const digest = (text) => createHash('sha256').update(text).digest();

/** Compares in a time that does not tell how much was right. */
export const isSameToken = (token, given) =>
  typeof given === 'string' && timingSafeEqual(digest(token), digest(given));
