// Every page of the product, as people meet it: in both languages, in light and dark, on a phone, on a page that
// runs from right to left. Each is drawn into `.nightbell/shots/` to be looked at, and checked for what can be
// checked without eyes: nothing sticks out, and whatever can be operated has a name.

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { agent, customer } from "./support/people.mjs";
import { startAt } from "./support/product.mjs";

const SHOTS = fileURLToPath(new URL("../../.nightbell/shots/", import.meta.url));
const PHONE = { width: 360, height: 740 };
const OPERATED = new Set(["button", "link", "textbox", "searchbox", "radio", "checkbox", "combobox", "tab", "dialog", "img", "log"]);

let product;
before(async () => {
  await mkdir(SHOTS, { recursive: true });
  product = await startAt("2026-10-01T23:10+08:00");
});
after(() => product?.stop());

/** Draws the page, and checks the document that is ours: the frame, or the page itself. */
async function looked(page, name, ours = page) {
  await page.screenshot({ path: `${SHOTS}${name}.png` });
  const found = await ours.evaluate(() => ({
    language: document.documentElement.lang,
    surplus: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    cut: [...document.querySelectorAll("button, a, input, textarea")].filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      return width > 1 && (left < 0 || right > innerWidth);
    }).map((element) => element.outerHTML.slice(0, 120)),
    doubled: [...document.querySelectorAll("[id]")].map((element) => element.id).filter((id, at, all) => all.indexOf(id) !== at),
  }));
  assert.match(found.language, /^(zh-CN|en)/, name);
  assert.deepEqual([found.surplus, found.cut, found.doubled], [0, [], []], `${name}: sticks out, is cut off, or says an id twice`);
  assert.deepEqual(await nameless(ours), [], `${name}: can be operated and has no name`);
}

async function nameless(ours) {
  const page = "page" in ours ? ours.page() : ours;
  const session = await page.context().newCDPSession(ours);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  const operated = nodes.filter((node) => !node.ignored && OPERATED.has(node.role?.value));
  return operated.filter((node) => !node.name?.value.trim()).map((node) => `${node.role.value} ${JSON.stringify(node.properties)}`);
}

const VISITS = [
  ["zh", { as: "standard" }],
  ["en-dark", { as: "vip", path: "/plain.html", locale: "en-GB", dark: true }],
  ["rtl", { as: "standard", path: "/rtl.html", locale: "ar", language: "ar" }], // our words, her direction
  ["phone", { as: "standard", size: PHONE }],
  ["phone-en-dark", { as: "anonymous", path: "/plain.html", locale: "en-GB", size: PHONE, dark: true }],
];

describe("the panel", () => {
  for (const [name, settings] of VISITS) {
    it(`can be read from the first view to the ticket: ${name}`, async () => {
      const she = await customer(product, settings);
      const shot = (view) => looked(she.page, `widget-${name}-${view}`, she.frame);
      await she.frame.locator(".promise-sentence").waitFor();
      await shot("1-home");
      await she.frame.locator(".body[data-view=home] > .button[data-kind=primary]").click();
      await she.frame.locator("button[type=submit]").click();
      await she.frame.locator(".field-error").first().waitFor();
      await shot("2-form");
      await she.frame.locator("[name=text]").fill(name.includes("en") ? "The invoice from the hotel in Shenzhen says “being checked” since yesterday.\nWe pay on Friday." : "深圳酒店的发票从昨天起一直显示“验真中”，周五要付款。");
      if (settings.as === "anonymous") await she.frame.locator("[name=contact]").fill("wang.lihua@example.com");
      await she.frame.locator("button[type=submit]").click();
      await she.receipt();
      await shot("3-receipt");
      await she.frame.locator(".foot .button").first().click();
      await she.frame.locator(".bubble").waitFor();
      await shot("4-ticket");
      await she.frame.locator(".bar .button").first().click();
      await she.frame.locator(".ticket-row").first().waitFor();
      await shot("5-tickets");
      assert.deepEqual(await she.complaints(), []);
      await she.close();
    });
  }

  it("fills a phone's screen, and can be closed there", async () => {
    const she = await customer(product, { size: PHONE });
    const box = await (await she.frame.frameElement()).boundingBox();
    assert.deepEqual(box, { x: 0, y: 0, ...PHONE });
    await she.frame.getByRole("button", { name: "关闭" }).click();
    assert.equal(await (await she.frame.frameElement()).isVisible(), false);
    await she.close();
  });
});

const SEATS = [
  ["zh", {}],
  ["en-dark", { locale: "en-GB", dark: true, zone: "Europe/Berlin" }],
  ["phone", { size: PHONE, locale: "en-GB" }],
];

describe("the desk", () => {
  for (const [name, settings] of SEATS) {
    it(`can be read from the list to the answer: ${name}`, async () => {
      const li = await agent(await product.link("li"), settings);
      await li.page.locator("a.inbox-row").first().waitFor();
      await looked(li.page, `desk-${name}-1-list`);
      await li.page.locator("a.inbox-row").last().click();
      await li.page.locator(".pane-log .bubble").first().waitFor();
      await looked(li.page, `desk-${name}-2-ticket`);
      await li.page.locator(".write-text").fill("您好，已经看到，正在查。");
      await looked(li.page, `desk-${name}-3-reply`);
      await li.page.locator(".write-tab").last().click();
      await looked(li.page, `desk-${name}-4-note`);
      assert.deepEqual(await li.complaints(), []);
      await li.close();
    });
  }

  it("says at the door what is needed", async () => {
    const nobody = await agent(`${product.edge}/desk/hesi`, { locale: "en-GB" });
    await nobody.page.getByRole("heading", { name: "Open the desk with your sign-in link." }).waitFor();
    await looked(nobody.page, "desk-door");
    await nobody.close();
  });
});
