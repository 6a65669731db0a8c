// Why a clock is due when it is, what a change would do, and what it did: at the desk, against the real edge, on the
// last afternoon before a holiday. With NB_SHOTS naming a folder, each view is also kept as a picture.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { until } from "./harness.mjs";
import { stranger } from "./support/asking.mjs";
import { agent } from "./support/people.mjs";
import { startAt } from "./support/product.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const XTASK = process.env.NB_XTASK ?? join(resolve(root, process.env.CARGO_TARGET_DIR ?? "target"), "debug/xtask");

let product, her;
before(async () => {
  product = await startAt("2026-09-30T15:12+08:00");
  her = await stranger(product);
});
after(() => product?.stop());

async function desk(settings) {
  const li = await agent(await product.link("li"), { locale: "en-GB", ...settings });
  const { page } = li;
  const change = async (name) => {
    await page.getByRole("button", { name: "Change", exact: true }).first().click();
    await page.locator(".menu li .button", { hasText: name }).click();
    await page.locator("dialog[open]").waitFor();
  };
  return {
    ...li,
    change,
    clock: (name) => page.locator(".side .clock", { has: page.getByRole("heading", { name, exact: true }) }),
    pick: (name) => page.locator("dialog .picks label", { hasText: name }).click(),
    apply: () => page.locator("dialog button[data-kind=primary]").click(),
    told: (text) => page.locator(".log-event", { hasText: text }).waitFor(),
    async shot(name) {
      if (!process.env.NB_SHOTS) return;
      await mkdir(process.env.NB_SHOTS, { recursive: true });
      await page.screenshot({ path: join(process.env.NB_SHOTS, `${name}.png`) });
    },
  };
}

/** `+ 1 h 48 min` in minutes. */
function minutes(text) {
  const number = (unit) => Number(text.match(new RegExp(`(\\d+) ${unit}`))?.[1] ?? 0);
  return number("h") * 60 + number("min");
}

const lines = (list) => list.locator(".reason").evaluateAll((rows) => rows.map((row) => [row.dataset.kind, ...[...row.children].map((part) => part.innerText.trim())]));

describe("why a clock is due then", () => {
  it("opens by keyboard, adds up to the target, and names the holiday and the make-up day between", async () => {
    await her.asks("Why only after the holiday?");
    const li = await desk();
    await li.reads("Why only after the holiday?");
    const why = li.clock("Resolution").locator(".why");
    await why.locator("summary").focus();
    await li.page.keyboard.press("Enter");
    assert.ok(await why.evaluate((details) => details.open));
    const told = await lines(why);
    const counted = told.filter(([kind]) => kind === "counted");
    assert.equal(counted.reduce((sum, [, , adds]) => sum + minutes(adds), 0), 24 * 60);
    assert.equal(counted.length, 4);
    assert.deepEqual(told.find(([kind]) => kind === "sum").slice(1), ["Adds up to", "24 h"]);
    assert.match(told.find(([kind]) => kind === "closed")[1], /^Closed Wed 30 Sep, 18:00 to Thu 8 Oct, 09:00 · National Day/);
    assert.match(told.find(([kind]) => kind === "marked")[1], /Sat 10 Oct is a make-up workday/);
    const at = (kind) => told.find((line) => line[0] === kind)[2];
    assert.equal(at("due"), at("promised"));
    assert.match(at("result"), /^Sat 10 Oct, 12:1\d$/);
    assert.equal(await why.locator("summary").innerText(), "Why then?");
    await li.shot("why");
    assert.deepEqual(await li.complaints(), []);
    await li.close();
  });

  it("tells who paused it, why, and which message shows it", async () => {
    await her.asks("Why does nobody go on?");
    const li = await desk();
    await li.reads("Why does nobody go on?");
    await li.replies("Which account is it?");
    await li.page.keyboard.press("Escape");
    await li.page.getByRole("button", { name: "Pause", exact: true }).click();
    await li.page.locator(".foreseen li", { hasText: "Resolution" }).waitFor();
    assert.match(await li.page.locator(".foreseen li").first().innerText(), /Resolution[\s\S]*Sat 10 Oct, 12:1\d 24 h[\s\S]*paused/);
    await li.page.locator("dialog select").selectOption({ index: 1 });
    await li.shot("pause");
    await li.apply();
    await li.told("Paused");
    const why = li.clock("Resolution").locator(".why");
    await why.locator("summary").click();
    const paused = (await lines(why)).find(([kind]) => kind === "paused");
    assert.match(paused[1], /^Paused since Wed 30 Sep, 15:1\d by 李娜: An answer of the customer · Shown by what was written Wed 30 Sep, 15:1\d$/);
    assert.match(await li.page.locator(".if-resumed").innerText(), /^If resumed now: Resolution by Sat 10 Oct, 12:1\d$/);
    await li.page.getByRole("button", { name: "Resume" }).click();
    await li.told("Resumed");
    await li.close();
  });
});

describe("a change in mid-flight", () => {
  it("is shown before it is done, gives that instant, makes a promise anew, and can be undone", async () => {
    await her.asks("It got worse");
    const li = await desk();
    await li.reads("It got worse");
    await li.change("Severity");
    assert.ok(await li.page.locator("dialog button[data-kind=primary]").isDisabled(), "as it is, there is nothing to change");
    await li.pick("Major");
    const foreseen = li.page.locator(".foreseen li", { hasText: "First reply" }).locator("strong time");
    await foreseen.waitFor();
    const shown = await foreseen.getAttribute("datetime");
    await li.page.locator("dialog textarea").fill("The whole company is affected");
    await li.shot("severity");
    await li.apply();
    await li.told("General became Major");
    assert.equal(await li.clock("First reply").locator(".clock-due time").first().getAttribute("datetime"), shown);
    await li.told("Promised anew");
    await li.page.locator(".note", { hasText: "whole company" }).waitFor();
    await li.page.getByRole("button", { name: "Undo: back to General" }).click();
    await li.told("Major became General");
    await until(async () => (await li.page.getByRole("button", { name: /^Undo/ }).count()) === 1, "one way back, of the last change");
    await li.shot("changed");
    assert.deepEqual(await li.complaints(), []);
    await li.close();
  });

  it("may be more work, for another team, and another tier is only looked at", async () => {
    await her.asks("It is a long story");
    const li = await desk();
    await li.reads("It is a long story");
    await li.change("Complexity");
    await li.pick("complex");
    await li.page.locator(".foreseen li", { hasText: "72 h" }).waitFor();
    await li.apply();
    await li.told("ordinary became complex");
    await li.change("Team");
    await li.page.locator("dialog select").selectOption({ label: "客服一组" });
    await li.apply();
    await li.told("Handed to 客服一组");
    await li.change("Compare tiers");
    await li.pick("VIP");
    await li.page.locator(".foreseen li", { hasText: "First reply" }).waitFor();
    assert.equal(await li.page.locator("dialog button[data-kind=primary]").count(), 0);
    await li.shot("tiers");
    await li.page.keyboard.press("Escape");
    await li.close();
  });

  it("merges into the ticket with that code, and asks before it is another customer's", async () => {
    await her.asks("The one that stays");
    await her.asks("The one that ends");
    await (await stranger(product)).asks("Somebody else asks");
    const li = await desk();
    await li.reads("The one that stays");
    const code = await li.page.locator(".pane-head > .code").innerText();
    await li.reads("Somebody else asks");
    await li.page.locator(".pane h2", { hasText: "Somebody" }).waitFor();
    await li.change("Merge");
    await li.page.locator("dialog input").fill("ZZZZ-ZZZZ");
    await li.apply();
    await li.page.locator(".notice", { hasText: "No ticket on the list has the code" }).waitFor();
    await li.page.locator(".notice").getByRole("button", { name: "Close" }).click();
    await li.change("Merge");
    await li.page.locator("dialog input").fill(code);
    await li.apply();
    await li.page.getByRole("button", { name: "Merge all the same" }).waitFor();
    await li.page.locator(".notice").getByRole("button", { name: "Close" }).click();
    await li.reads("The one that ends");
    await li.page.locator(".pane h2", { hasText: "ends" }).waitFor();
    await li.change("Merge");
    await li.page.locator("dialog input").fill(code.toLowerCase().replace("-", ""));
    await li.apply();
    await li.told(`Merged into ${code}`);
    assert.equal(await li.page.locator(".menu").count(), 0, "what has ended cannot be changed");
    await li.page.locator(".log-event a.code").click();
    await li.told("was merged into this one");
    await li.close();
  });

  it("throws away only what somebody has looked at twice", async () => {
    await her.asks("Cheap watches");
    const li = await desk();
    await li.reads("Cheap watches");
    await li.change("Throw away");
    assert.equal(await li.page.locator(".log-event", { hasText: "Thrown away" }).count(), 0);
    await li.apply();
    await li.told("Thrown away");
    await until(async () => (await li.row("Cheap watches").count()) === 0, "the row to leave the open ones");
    await li.close();
  });
});

describe("a receipt at the desk", () => {
  it("is the signed file, which anybody can check offline", async () => {
    const { ticket } = await her.asks("Show me the paper");
    const li = await desk();
    await li.reads("Show me the paper");
    await li.change("Severity");
    await li.pick("Major");
    await li.apply();
    await li.told("Promised anew");
    const receipts = li.page.locator(".receipts li");
    await until(async () => (await receipts.count()) === 2, "the second receipt");
    assert.match(await receipts.first().innerText(), /Receipt 2[\s\S]*severity: General became Major, by 李娜/);
    const [download] = await Promise.all([li.page.waitForEvent("download"), li.page.getByRole("link", { name: "Download receipt 2" }).click()]);
    const code = await li.page.locator(".pane-head > .code").innerText();
    assert.equal(download.suggestedFilename(), `nightbell-${code}-2.json`);
    const folder = await mkdtemp(join(tmpdir(), "nightbell-receipt-"));
    const [file, keys] = [join(folder, "receipt.json"), join(folder, "keys.json")];
    await download.saveAs(file);
    await writeFile(keys, await (await fetch(`${product.edge}/v1/hesi/keys`)).text());
    assert.ok((await readFile(file, "utf8")).includes(ticket));
    await promisify(execFile)(XTASK, ["receipt", "verify", file, "--keys", keys]);
    await rm(folder, { recursive: true });
    await li.shot("receipts");
    await li.close();
  });
});

describe("the clocks at the desk", () => {
  for (const [name, settings] of [
    ["phone", { size: { width: 360, height: 740 } }],
    ["dark", { dark: true, size: { width: 1280, height: 900 } }],
    ["zh", { locale: "zh-CN", size: { width: 1280, height: 900 } }],
  ]) {
    it(`fit and have names (${name})`, async () => {
      await her.asks(`Seen on ${name}`);
      const li = await desk(settings);
      await li.reads(`Seen on ${name}`);
      const more = li.page.locator(".pane-more");
      if (await more.isVisible()) await more.click();
      const why = li.page.locator(".side .why").last();
      await why.locator("summary").click();
      await why.scrollIntoViewIfNeeded();
      const wide = await li.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.ok(!wide, "nothing reaches over the edge");
      const nameless = await li.page.locator("button, a, select, input, textarea, summary").evaluateAll((all) =>
        all.filter((one) => one.checkVisibility({ visibilityProperty: true }) && !(one.innerText?.trim() || one.getAttribute("aria-label") || one.labels?.length)).map((one) => one.outerHTML),
      );
      assert.deepEqual(nameless, []);
      await li.shot(name);
      assert.deepEqual(await li.complaints(), []);
      await li.close();
    });
  }
});
