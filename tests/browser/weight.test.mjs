// What the widget weighs, in bytes that Chromium really transferred, each answer packed with brotli 11: the figures of
// BENCHMARKS.md, by the bench's own script. Runs against the whole product only.
import { test } from "node:test";
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const { NB_EDGE, NB_HOST, NB_CHROMIUM } = process.env;
const script = new URL("../../xtask/bench/browser.mjs", import.meta.url).pathname;
const skip = NB_EDGE && NB_HOST ? false : "needs a running product (NB_EDGE, NB_HOST)";

/** Measured once for all tests of this file. */
let measured;
const weight = () => (measured ??= promisify(execFile)(process.execPath, [script, "weight"], {
  env: { ...process.env, ...(NB_CHROMIUM && { CHROMIUM: NB_CHROMIUM }) },
}).then(({ stdout }) => JSON.parse(stdout)));

test("before a click the tag costs one request of at most 1,500 bytes", { skip }, async () => {
  const { embed_br, embed_requests } = await weight();
  assert.equal(embed_requests, 1);
  assert.ok(embed_br <= 1_500, `${embed_br} bytes`);
});

test("the opened widget asks nobody but its own edge", { skip }, async () => {
  assert.equal((await weight()).third_party_requests, 0);
});

test("the opened widget weighs at most 110,000 bytes", { skip }, async () => {
  const { opened_br } = await weight();
  assert.ok(opened_br <= 110_000, `${opened_br} bytes`);
});
