// Receipts on their way to a browser: kept as they were served, or changed as somebody between might change them.

import { generateKeyPairSync, sign } from "node:crypto";

export const RECEIPTS = /\/v1\/hesi\/tickets\/[^/]+\/receipts$/;
export const KEYS = /\/v1\/hesi\/keys\?for=/;

/// What a signature under a receipt begins with.
const CONTEXT = Buffer.from("nightbell receipt v1\n");
const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;

/** Serves what the edge says of an address, changed by `change`. */
export async function changed(page, address, change) {
  await page.route(address, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: change(Buffer.from(await response.body())) });
  });
}

/** One bit of the last receipt's signed bytes, just before its signature and the byte that tells its length. */
export function flipped(frame) {
  frame[frame.length - SIGNATURE_BYTES - 1 - 40] ^= 1;
  return frame;
}

/** Whoever holds the edge could sign a sum that is wrong: the first promise due a minute later than its hours give. */
export async function signsWrongly(page, due) {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const raw = publicKey.export({ format: "der", type: "spki" }).subarray(-KEY_BYTES);
  await changed(page, KEYS, (frame) => Buffer.concat([frame.subarray(0, -KEY_BYTES), raw]));
  await changed(page, RECEIPTS, (frame) => {
    const head = /^\x01\x01(.)/s.exec(frame.toString("latin1")); // version, one receipt, the length of its key's name
    const [length, at] = number(frame, 3 + head[1].charCodeAt(0));
    const bytes = frame.subarray(at, at + length);
    const place = bytes.indexOf(instant(due));
    instant(due + 60_000).copy(bytes, place);
    sign(null, Buffer.concat([CONTEXT, bytes]), privateKey).copy(frame, frame.length - SIGNATURE_BYTES);
    return frame;
  });
}

/** A number as frames write it, seven bits a byte; and where what follows begins. */
function number(frame, at) {
  let [value, shift] = [0, 1];
  for (; frame[at] > 127; at += 1, shift *= 128) value += (frame[at] - 128) * shift;
  return [value + frame[at] * shift, at + 1];
}

/** An instant as frames write it. */
function instant(ms) {
  const bytes = [];
  let rest = BigInt(ms) * 2n;
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return Buffer.from([...bytes, Number(rest)]);
}

/** A browser whose WebCrypto knows no Ed25519, as many still in use. */
export function withoutEd25519(page) {
  return page.addInitScript(() => {
    const importKey = SubtleCrypto.prototype.importKey;
    SubtleCrypto.prototype.importKey = function (...given) {
      if (given[2] === "Ed25519") return Promise.reject(new DOMException("Algorithm: Unrecognized name", "NotSupportedError"));
      return importKey.apply(this, given);
    };
  });
}
