// What she was promised, checked in her own browser, on the host's strictest page: signature, sum and file.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { until } from "./harness.mjs";
import { agent, customer } from "./support/people.mjs";
import { startAt } from "./support/product.mjs";
import { KEYS, RECEIPTS, changed, flipped, signsWrongly, withoutEd25519 } from "./support/receipts.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const XTASK = process.env.NB_XTASK ?? join(resolve(root, process.env.CARGO_TARGET_DIR ?? "target"), "debug/xtask");
const CHECKED = "已在您的浏览器中核对";

let product;
let folder;
const people = [];

before(async () => {
  product = await startAt("2026-10-01T23:10+08:00");
  folder = await mkdtemp(join(tmpdir(), "nightbell-receipts-"));
});

after(async () => {
  await Promise.all(people.map((person) => person.close()));
  await product?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A customer with a ticket, before she looks at it; `prepare` changes her browser before anything is loaded. */
async function she({ prepare, text = "发票一直显示“验真中”", ...settings } = {}) {
  const her = await customer(product, { as: "standard", open: false, ...settings });
  people.push(her);
  await prepare?.(her.page);
  await her.visit();
  await her.asks(text);
  her.code = (await her.receipt()).code;
  return her;
}

const looks = (her) => her.frame.locator(".foot .button").first().click();
const words = (her) => her.frame.locator(".proof-state").allInnerTexts();
const holds = (her) => until(async () => (await words(her)).join() === [CHECKED, CHECKED].join(), "both promises checked");
const asked = (her, part) => her.page.heard.requests.filter((url) => part.test(url)).length;

/** What `cargo xtask receipt verify` says of a file under the keys that the edge publishes. */
async function verify(file) {
  const keys = join(folder, "keys.json");
  await writeFile(keys, await (await fetch(`${product.edge}/v1/hesi/keys`)).text());
  return new Promise((done) => execFile(XTASK, ["receipt", "verify", file, "--keys", keys], (error, said) => done([error?.code ?? 0, said])));
}

describe("a promise", () => {
  it("is checked in her browser, asked for once, while nothing moves", async () => {
    const her = await she();
    let let_go;
    const held = new Promise((go) => (let_go = go));
    await her.page.route(KEYS, async (route) => (await held, route.continue()));
    await looks(her);
    await until(async () => (await words(her)).join() === "正在核对…,正在核对…", "both being checked");
    const box = () => her.frame.locator(".proof").boundingBox();
    const before = await box();
    let_go();
    await holds(her);
    assert.deepEqual(await box(), before);
    const lines = await her.frame.locator(".proof-line").evaluateAll((lines) => lines.map((line) => [line.firstChild.innerText, line.querySelector("time").dateTime]));
    assert.deepEqual(lines.map(([metric]) => metric), ["第一次回复", "解决"]);
    assert.equal(lines[0][1], "2026-10-08T02:00:00Z");
    assert.deepEqual([asked(her, RECEIPTS), asked(her, KEYS), asked(her, /ed25519/)], [1, 1, 0]);
    assert.deepEqual(await her.complaints(), []);
  });

  it("is checked by a module that is loaded then, where the browser has no Ed25519", async () => {
    const her = await she({ prepare: withoutEd25519 });
    await looks(her);
    await holds(her);
    assert.equal(asked(her, /\/ed25519\.js$/), 1);
    assert.deepEqual(await her.complaints(), []);
    const other = await she({ prepare: withoutEd25519 });
    await changed(other.page, RECEIPTS, flipped);
    await looks(other);
    await other.frame.locator(".proof-doubt").waitFor();
    assert.match(await other.frame.locator(".proof-doubt").innerText(), /^签名不符/);
  });

  it("of which one bit was flipped on its way is not confirmed, and says why", async () => {
    const her = await she({ path: "/plain.html", locale: "en-GB" });
    await changed(her.page, RECEIPTS, flipped);
    await looks(her);
    const doubt = her.frame.locator(".proof-doubt[role=alert]");
    await doubt.waitFor();
    assert.equal(await doubt.innerText(), "The signature does not fit: not a letter of this counts as promised (key “1”).");
    assert.deepEqual(await words(her), ["not confirmed", "not confirmed"]);
  });

  it("whose signed sum is wrong is not confirmed, and says what it comes to", async () => {
    const her = await she({ path: "/plain.html", locale: "en-GB" });
    await signsWrongly(her.page, Date.parse("2026-10-08T02:00:00Z"));
    await looks(her);
    const doubt = her.frame.locator(".proof-doubt");
    await doubt.waitFor();
    assert.equal(await doubt.innerText(), "“First reply” comes to Thu 8 Oct, 10:00; the receipt says Thu 8 Oct, 10:01.");
  });

  it("that is signed otherwise than it is shown is not confirmed", async () => {
    const [her, other] = [await she(), await she()];
    const [receipts] = await Promise.all([other.page.waitForResponse(RECEIPTS), looks(other)]);
    const frame = await receipts.body();
    await changed(her.page, RECEIPTS, () => frame);
    await looks(her);
    await her.frame.locator(".proof-doubt").waitFor();
    assert.equal(await her.frame.locator(".proof-doubt").innerText(), "这是另一个问题的凭据。");
  });

  it("that cannot be checked now says so, and is checked on another try", async () => {
    const her = await she({ prepare: withoutEd25519 });
    await her.page.route(KEYS, (route) => route.abort());
    await looks(her);
    const again = her.frame.locator(".proof-note .button");
    await again.waitFor();
    assert.match(await her.frame.locator(".proof-note").innerText(), /^现在无法核对。/);
    assert.deepEqual(await words(her), ["尚未核对", "尚未核对"]);
    await her.page.unroute(KEYS);
    await her.page.route(/ed25519\.js$/, (route) => route.abort());
    await again.click();
    await until(() => asked(her, /ed25519/) === 1, "the module asked for");
    await again.waitFor();
    await again.focus();
    await her.page.keyboard.press("Enter");
    await holds(her);
    assert.equal(asked(her, /ed25519\.js\?1$/), 1, "from another address: a browser may remember that the first did not load");
  });

  it("is kept as a file by keyboard: byte for byte what is stored, and confirmed offline", async () => {
    const her = await she();
    await looks(her);
    await holds(her);
    const keep = her.frame.locator(".proof-keep .button");
    await her.frame.locator(".composer-text").focus();
    await until(async () => (await her.page.keyboard.press("Shift+Tab"), keep.evaluate((button) => button === document.activeElement)), "the button reached by keyboard");
    const [download] = await Promise.all([her.page.waitForEvent("download"), her.page.keyboard.press("Enter")]);
    assert.equal(download.suggestedFilename(), `nightbell-${her.code}-1.json`);
    const file = join(folder, download.suggestedFilename());
    await download.saveAs(file);
    const path = her.page.heard.requests.find((url) => /receipts\/1$/.test(url));
    const stored = await (await fetch(path, { headers: { Authorization: her.bearer() } })).text();
    assert.equal(await readFile(file, "utf8"), stored);
    const [code, said] = await verify(file);
    assert.equal(code, 0, said);
    assert.match(said, /signature: fits, key "1" of hesi/);
    await writeFile(file, stored.replace("2026-10-08T02:00:00Z", "2026-10-08T02:01:00Z"));
    assert.equal((await verify(file))[0], 1);
    assert.deepEqual(await her.complaints(), []);
  });

  it("made anew stands beside the one that it replaced: why, old and new, each checked and each a file", async () => {
    const her = await she({ as: "vip", path: "/plain.html", locale: "en-GB", text: "The batch did not start" });
    await looks(her);
    await until(async () => (await words(her)).length === 2, "two promises");
    assert.equal(await her.frame.locator(".proof details").count(), 0);
    const wang = await agent(await product.link("wang"), { locale: "en-GB" });
    people.push(wang);
    await wang.row("The batch did not start").waitFor();
    const id = /tickets\/([^/]+)\/receipts/.exec(her.page.heard.requests.find((url) => RECEIPTS.test(url)))[1];
    const does = (command) => wang.page.evaluate(async ([id, command]) => {
      const wish = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(command) };
      return (await fetch(`/desk/hesi/tickets/${id}/commands`, wish)).status;
    }, [id, command]);
    // Day and night count for her: what waited is added to the solution, and to nothing else.
    assert.equal(await does({ pend: { reason: "customer" } }), 200);
    assert.equal(await does({ resume: {} }), 200);
    await her.frame.locator(".proof summary").focus({ timeout: 15_000 });
    await her.page.keyboard.press("Enter");
    await until(async () => (await her.frame.locator(".proof-earlier").count()) === 1, "the first promise");
    assert.match(await her.frame.locator(".proof-cause").innerText(), /^Promise made anew: the wait is over · 王强 · Thu 1 Oct, 23:\d\d$/);
    const [reply, solution] = await her.frame.locator(".proof-earlier .reason-sum").allInnerTexts();
    assert.match(reply, /^Thu 1 Oct, 23:\d\d, as before$/);
    assert.match(solution, /^Fri 2 Oct, 23:\d\d → Fri 2 Oct, 23:\d\d$/);
    assert.deepEqual(await words(her), Array(3).fill("checked in your browser"));
    const [download] = await Promise.all([her.page.waitForEvent("download"), her.frame.locator(".proof-earlier .proof-keep .button").click()]);
    assert.equal(download.suggestedFilename(), `nightbell-${her.code}-1.json`);
    const file = join(folder, "first.json");
    await download.saveAs(file);
    assert.equal((await verify(file))[0], 0);
    assert.deepEqual(await her.complaints(), []);
  });
});
