// The planner at the desk, against the real edge: the journeys' answers, who covers which hour, and what a proposed
// file would change. With NB_SHOTS naming a folder, each view is also kept as a picture.

import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";

import { until } from "./harness.mjs";
import { agent } from "./support/people.mjs";
import { startAt } from "./support/product.mjs";

const file = () => readFile(new URL("../../edge/tenants/hesi.toml", import.meta.url), "utf8");

let product;
before(async () => (product = await startAt("2026-09-30T17:24+08:00")));
after(() => product.stop());

async function planner(settings = {}) {
  const li = await agent(await product.link("li"), { locale: "en-GB", size: { width: 1280, height: 900 }, ...settings });
  const { page } = li;
  await page.locator(".inbox a[href='#planner']").waitFor(); // signed in: the link's token is used up
  await page.goto(`${page.url().split("#")[0]}#planner`);
  await page.locator(".planner-hero").waitFor();
  const settled = () => page.locator(".planner:not([aria-busy])").waitFor();
  return {
    ...li,
    settled,
    hero: async () => (await settled(), page.locator(".planner-hero").innerText()),
    async asks({ tier, severity, channel, language, at }) {
      await page.getByLabel("Tier", { exact: true }).selectOption(tier);
      await page.getByLabel("Severity", { exact: true }).selectOption(severity);
      await page.getByLabel("Channel", { exact: true }).selectOption(channel);
      await page.getByLabel("Language", { exact: true }).fill(language);
      await page.getByLabel("Language", { exact: true }).blur();
      await page.getByLabel("When, by your clock").fill(at);
      await page.getByLabel("When, by your clock").blur();
      await page.waitForFunction((at) => document.querySelector(".planner:not([aria-busy]) input[type=datetime-local]")?.value === at, at);
    },
    async proposes(text) {
      await page.getByLabel("Proposed tenant file").fill(text);
      await page.getByRole("button", { name: "Compare" }).click();
      await until(async () => (await page.locator(".compare, .planner-mistakes").count()) > 0, "the comparison");
      await settled();
    },
    async shot(name) {
      if (!process.env.NB_SHOTS) return;
      await mkdir(process.env.NB_SHOTS, { recursive: true });
      await page.screenshot({ path: join(process.env.NB_SHOTS, `${name}.png`) });
    },
  };
}

const J2 = { tier: "vip", severity: "urgent", channel: "chat", language: "zh", at: "2026-10-01T23:10" };

describe("the planner", () => {
  it("promises a VIP's urgent question of the holiday night for 23:40, and says who is on call", async () => {
    const li = await planner();
    await li.asks(J2);
    await until(async () => (await li.hero()).includes("23:40"), "the promise");
    assert.match(await li.hero(), /^王强 is on call\. First reply by Thu 1 Oct, 23:40\.$/);
    assert.equal(await li.page.locator(".planner-hero time").getAttribute("datetime"), "2026-10-01T15:40:00Z");
    assert.match(await li.page.locator(".planner-answer .promise-number").innerText(), /^30 min after it was asked · Shanghai time$/);
    const who = await li.page.locator(".planner-who li b").allInnerTexts();
    assert.deepEqual(who, ["王强", "陈静"]);
    const rules = await li.page.locator(".reason .planner-rule").allInnerTexts();
    assert.ok(rules.includes("targets.vip.first_response.urgent"), rules.join(" "));
    await li.shot("desktop");
    await li.page.locator(".map").scrollIntoViewIfNeeded();
    await li.page.locator("[data-asked][data-cell]").hover();
    await li.shot("desktop-map");
    assert.deepEqual(await li.complaints(), []);
    await li.close();
  });

  it("is reached and read by keyboard alone", async () => {
    const li = await planner();
    await li.page.goto(`${li.page.url().split("#")[0]}#`);
    await until(async () => (await li.page.locator(".planner").count()) === 0, "the list alone");
    await li.page.keyboard.press("l");
    await li.asks(J2);
    await li.page.locator(".map [tabindex='0']").focus();
    const told = () => li.page.locator(".map-told").innerText();
    await until(async () => /^Thu 1 Oct, 23:00–24:00: 王强 on call until /.test(await told()), "the hour in words");
    await li.page.keyboard.press("ArrowDown");
    await until(async () => /^Fri 2 Oct, 23:00/.test(await told()), "the next day");
    await li.page.keyboard.press("Home");
    await until(async () => /^Fri 2 Oct, 00:00/.test(await told()), "its first hour");
    await li.page.keyboard.press("ArrowLeft");
    assert.match(await told(), /^Fri 2 Oct, 00:00/, "there is no hour before the first");
    const label = await li.page.evaluate(() => document.activeElement.getAttribute("aria-label"));
    assert.equal(label, await told());
    await li.close();
  });

  it("shows the weeks to come: a team by day, somebody called at night, and nobody where nothing is promised", async () => {
    const li = await planner();
    await li.asks(J2);
    const fares = (fare) => li.page.locator(`.map td[data-fare=${fare}]`).count();
    await until(async () => (await fares("on-call")) > 0, "a night on call");
    assert.ok((await fares("live")) > 100);
    assert.equal(await fares("hole"), 0);
    assert.equal(await li.page.locator(".map tbody tr").count(), 28);
    await li.page.getByLabel("Tier", { exact: true }).selectOption("standard");
    await until(async () => (await fares("nobody")) > 0, "a night without anybody");
    await li.close();
  });

  it("refuses what nothing has as its name, beside its word", async () => {
    const li = await planner();
    await li.page.getByLabel("The customer's zone").fill("Asia/Shangai");
    await li.page.getByLabel("The customer's zone").blur();
    const error = li.page.locator(".planner-word .field-error");
    await error.waitFor();
    assert.match(await error.innerText(), /No time zone is called “Asia\/Shangai”.* Did you mean “Asia\/Shanghai”\?/);
    await li.shot("refused");
    await li.page.getByLabel("The customer's zone").fill("Asia/Shanghai");
    await li.page.getByLabel("The customer's zone").blur();
    await li.page.locator(".planner-hero").waitFor();
    await li.close();
  });

  it("compares a proposed file with the published one, and lists every mistake of one that cannot be", async () => {
    const li = await planner();
    await li.asks(J2);
    const published = await file();
    await li.proposes(published.replaceAll("Asia/Shanghai", "Asia/Shangai").replace("[channels.chat]", "[channels.chat]\ncolour = 1"));
    const mistakes = await li.page.locator(".planner-mistakes li").allInnerTexts();
    assert.ok(mistakes.length > 1, mistakes.join("\n"));
    for (const mistake of mistakes) assert.match(mistake, /^\d+:\d+: /);
    await li.shot("mistakes");
    await li.proposes(published.replace('on_call = ["wang"]', "on_call = []"));
    await li.page.locator(".compare").waitFor();
    const holes = await li.page.locator(".compare-holes").innerText();
    assert.match(holes, /New holes\s+\d+ holes, .* in all\s+Thu 1 Oct, 23:10 to Thu 8 Oct, 09:00/, "from the request on");
    await li.page.getByRole("button", { name: "Proposed", exact: true }).click();
    await until(async () => (await li.page.locator(".map td[data-fare=hole]").count()) > 100, "holes on the map");
    await li.page.locator(".compare").scrollIntoViewIfNeeded();
    await li.shot("compared");
    await li.page.locator(".map").scrollIntoViewIfNeeded();
    await li.shot("holes");
    await li.page.getByRole("button", { name: "Drop the proposal" }).click();
    await until(async () => (await li.page.locator(".compare").count()) === 0, "the published file alone");
    assert.equal(await li.page.locator(".map td[data-fare=hole]").count(), 0);
    await li.close();
  });

  it("says what was lost, keeps what is shown, and has a way to try again", async () => {
    const li = await planner();
    await li.page.route("**/plan?*", (route) => route.abort());
    await li.page.getByLabel("Severity", { exact: true }).selectOption("major");
    const notice = li.page.locator(".planner > .notice");
    await notice.waitFor();
    assert.equal(await li.page.locator(".planner-hero").count(), 1);
    await li.page.unroute("**/plan?*");
    await notice.getByRole("button", { name: "Try again" }).click();
    await until(async () => (await notice.count()) === 0, "the answer");
    await li.close();
  });

  it("reads well in another zone, on a phone, in the dark, in Chinese, and from right to left", async () => {
    const far = await planner({ zone: "America/New_York", dark: true });
    await far.asks({ ...J2, at: "2026-10-01T11:10" });
    await until(async () => (await far.hero()).includes("11:40"), "the promise by the reader's clock");
    assert.match(await far.page.locator(".planner-answer .promise-number").innerText(), /New York time · Thu 1 Oct, 23:40 Shanghai time, the tenant's/);
    await far.shot("dark");
    const here = far.page.getByRole("button", { name: "Shanghai time, the tenant's" });
    await here.click();
    await until(async () => (await here.getAttribute("aria-pressed")) === "true", "the tenant's hours");
    await far.page.evaluate(() => (document.documentElement.dir = "rtl"));
    await far.shot("rtl");
    await far.page.locator("[data-asked][data-cell]").focus();
    await far.page.keyboard.press("ArrowLeft");
    assert.match(await far.page.evaluate(() => document.activeElement.id), /^cell-\d+-\d+$/);
    await far.page.locator(".map").scrollIntoViewIfNeeded();
    await far.shot("rtl-map");
    assert.deepEqual(await far.complaints(), []);
    await far.close();
    const phone = await planner({ size: { width: 360, height: 780 } });
    await phone.asks(J2);
    await phone.shot("phone");
    const wider = await phone.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wider <= 0, `${wider} px wider than the phone`);
    await phone.page.locator(".map").scrollIntoViewIfNeeded();
    await phone.shot("phone-map");
    await phone.close();
    const chinese = await planner({ locale: "zh-CN" });
    await chinese.shot("chinese");
    await chinese.close();
  });
});
