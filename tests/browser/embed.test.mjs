// What a host gets from the one script tag: the button, the frame behind it, and nothing else.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { button, clickLauncher, launcher, named, openBrowser, shadowText, until, widgetFrame } from "./harness.mjs";
import { openProduct } from "./support/stub.mjs";

let product;
let browser;

before(async () => {
  product = await openProduct();
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
  product.close();
});

/** A page of the demo host; `body` in place of a path makes a page of our own at the host's origin. */
async function visit(path, { body, before: prepare, size } = {}) {
  const page = await browser.page();
  if (size) await page.setViewportSize(size);
  if (prepare) await page.addInitScript(prepare);
  if (body) await page.route(product.host + path, (route) => route.fulfill({ contentType: "text/html", body }));
  await page.goto(product.host + path);
  return page;
}

function tag(attributes) {
  return `<script src="${product.edge}/embed.js" ${attributes} async></script>`;
}

async function opened(page) {
  await clickLauncher(page);
  const frame = await widgetFrame(page, product.edge);
  await frame.waitForFunction(() => globalThis.__nightbell?.port);
  if (product.real) await page.waitForLoadState("networkidle"); // the program has said what it has to say
  return frame;
}

describe("before a click", () => {
  it("the script weighs at most 1,500 bytes in brotli", async () => {
    const script = Buffer.from(await (await fetch(`${product.edge}/embed.js`)).arrayBuffer());
    const weight = brotliCompressSync(script).length; // quality 11 is the default
    assert.ok(weight <= 1500, `embed.js weighs ${weight} bytes`);
  });

  it("a visitor without a ticket costs one request", async () => {
    const page = await visit("/plain.html");
    await launcher(page);
    await page.waitForLoadState("networkidle");
    assert.deepEqual(page.heard.requests.filter((url) => url.startsWith(product.edge)), [`${product.edge}/embed.js`]);
    await page.close();
  });

  it("the button appears and moves nothing", async () => {
    const page = await visit("/plain.html");
    await launcher(page);
    const shift = () => page.evaluate(() => new Promise((resolve) => {
      let sum = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((entry) => (sum += entry.value))).observe({ type: "layout-shift", buffered: true });
      setTimeout(() => resolve(sum), 100);
    }));
    assert.equal(await shift(), 0);
    await opened(page);
    assert.equal(await shift(), 0);
    await page.close();
  });

  it("it has a name and says that it is closed", async () => {
    const page = await visit("/index.html");
    await launcher(page);
    assert.deepEqual(await named(page, "客户支持"), { role: "button", expanded: false });
    await page.close();
  });

  it("words of the host are its name", async () => {
    const page = await visit("/words.html", { body: `<!doctype html><html lang="en">${tag('data-tenant="hesi" data-words="Ask us"')}` });
    await launcher(page);
    assert.deepEqual(await named(page, "Ask us"), { role: "button", expanded: false });
    await page.close();
  });

  it("two tags make one widget", async () => {
    const page = await visit("/two.html", { body: `<!doctype html>${tag('data-tenant="hesi"')}${tag('data-tenant="hesi"')}` });
    await launcher(page);
    assert.equal(await page.locator("night-bell").count(), 1);
    await page.close();
  });

  it("rules of the host do not reach it", async () => {
    const rules = "<style>* { font-size: 40px !important; text-transform: uppercase } html > * { transform: rotate(9deg) !important } button, night-bell { display: none !important }</style>";
    const page = await visit("/rules.html", { body: `<!doctype html>${rules}${tag('data-tenant="hesi"')}` });
    const { left, right, top, bottom } = await launcher(page);
    assert.deepEqual([right - left, bottom - top], [48, 48]);
    await page.close();
  });

  it("it stands at the end of the line, or at its start when the host says so", async () => {
    const middle = async (path) => {
      const page = await visit(path, { size: { width: 1000, height: 700 } });
      const { x } = await launcher(page);
      await page.close();
      return x;
    };
    assert.equal(await middle("/index.html"), 956);
    assert.equal(await middle("/rtl.html"), 44);
    assert.equal(await middle("/app.html"), 44); // data-side="start"
  });
});

describe("a click", () => {
  it("opens a frame on our own origin, in a sandbox, with the focus in it", async () => {
    const page = await visit("/index.html");
    const frame = await opened(page);
    assert.equal(frame.url(), `${product.edge}/frame/hesi`);
    const element = await (await frame.frameElement()).evaluate((frame) => ({
      sandbox: [...frame.sandbox].sort(),
      allow: frame.getAttribute("allow"),
      referrer: frame.referrerPolicy,
      focused: frame.getRootNode().activeElement === frame,
    }));
    assert.deepEqual(element, {
      sandbox: ["allow-downloads", "allow-forms", "allow-popups", "allow-popups-to-escape-sandbox", "allow-same-origin", "allow-scripts"],
      allow: "",
      referrer: "strict-origin",
      focused: true,
    });
    await page.close();
  });

  it("breaks no policy of a strict host or of the frame", async () => {
    const page = await visit("/index.html");
    await opened(page);
    await page.waitForTimeout(200);
    assert.deepEqual([await page.heard.violations(), page.heard.errors, page.heard.said], [[], [], []]);
    await page.close();
  });

  it("tells the frame the language, the colour and the host's token", async () => {
    const page = await visit("/app.html?as=vip");
    await page.waitForFunction(() => document.querySelector("script[data-tenant]").dataset.token);
    const frame = await opened(page);
    const [token, ...handed] = await frame.evaluate(() => [__nightbell.token, __nightbell.languages[0], __nightbell.open, document.documentElement.style.getPropertyValue("--accent")]);
    assert.deepEqual(handed, ["zh-CN", true, "#2f6b4f"]);
    assert.match(token, /^[\w-]+\.[\w-]+\.[\w-]+$/);
    await page.close();
  });

  it("fills a phone's screen and stays in its corner elsewhere", async () => {
    const sized = async (width, height) => {
      const page = await visit("/plain.html", { size: { width, height } });
      const frame = await opened(page);
      const box = await (await frame.frameElement()).boundingBox();
      await page.close();
      return [box.x, box.y, box.width, box.height].map(Math.round);
    };
    assert.deepEqual(await sized(360, 740), [0, 0, 360, 740]);
    assert.deepEqual(await sized(1000, 800), [1000 - 20 - 391, 800 - 80 - 641, 390, 640]);
  });

  it("a keyboard opens it and Escape closes it from either side, the focus back on the button", async () => {
    const page = await visit("/keys.html", { body: `<!doctype html><html lang="en"><a href="#">link</a>${tag('data-tenant="hesi"')}` });
    await launcher(page);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const frame = await widgetFrame(page, product.edge);
    await frame.waitForFunction(() => globalThis.__nightbell?.port && document.hasFocus());
    await page.keyboard.press("Escape");
    await until(async () => (await named(page, "Support"))?.expanded === false);
    assert.equal(await page.evaluate(() => document.activeElement.localName), "night-bell");
    await page.keyboard.press("Enter");
    await until(async () => (await named(page, "Support"))?.expanded === true);
    await page.evaluate(() => document.querySelector("a").focus());
    await page.keyboard.press("Escape");
    await until(async () => (await named(page, "Support"))?.expanded === false);
    await page.close();
  });

  it("the frame says what is unread, and the button's name has it", async () => {
    const page = await visit("/plain.html");
    const frame = await opened(page);
    await frame.evaluate(() => __nightbell.port.postMessage({ type: "unread", n: 2, say: "2 unread" }));
    await until(() => named(page, "Support, 2 unread"));
    assert.match(await shadowText(page), /2/);
    await frame.evaluate(() => __nightbell.port.postMessage({ type: "unread", n: 0 }));
    await until(() => named(page, "Support"));
    await page.close();
  });

  it("a tenant that nobody knows is told in the panel and in the console", async () => {
    const page = await visit("/unknown.html", { body: `<!doctype html><html lang="en">${tag('data-tenant="nobody"')}` });
    await clickLauncher(page);
    const frame = await widgetFrame(page, product.edge);
    await frame.getByRole("alert").waitFor();
    assert.match(await frame.getByRole("alert").innerText(), /nobody/);
    await until(() => page.heard.said.some((line) => /\/frame\/nobody: no tenant/.test(line)));
    await page.close();
  });

  it("a tag without a tenant is told in the panel and in the console", async () => {
    const page = await visit("/nameless.html", { body: `<!doctype html><html lang="en">${tag("")}` });
    await clickLauncher(page);
    assert.match(await shadowText(page), /did not open/);
    assert.deepEqual(page.heard.said, ["nightbell: data-tenant is missing"]);
    await page.close();
  });
});

describe("a page that changes", () => {
  it("keeps the button over new addresses and a new body, and the open frame with it", async () => {
    const page = await visit("/app.html");
    const frame = await opened(page);
    await frame.evaluate(() => (globalThis.same = true));
    await page.getByRole("link", { name: "发票" }).dispatchEvent("click");
    assert.match(page.url(), /#\/invoices$/);
    await page.locator("#replace").dispatchEvent("click");
    assert.ok(await button(page));
    assert.equal(await frame.evaluate(() => globalThis.same), true);
    await page.close();
  });

  it("gets the button back when it sweeps everything away", async () => {
    const page = await visit("/plain.html");
    await launcher(page);
    await page.evaluate(() => document.documentElement.replaceChildren(document.createElement("body")));
    assert.ok(await launcher(page));
    await page.close();
  });
});

describe("the one bit in the host's storage", () => {
  it("is set by the frame, and then the frame loads hidden by itself", async () => {
    const page = await visit("/plain.html");
    const frame = await opened(page);
    await frame.evaluate(() => __nightbell.port.postMessage({ type: "bit", on: true }));
    await page.waitForFunction(() => localStorage.getItem("nightbell:hesi") === "1");
    await page.reload();
    const quiet = await widgetFrame(page, product.edge);
    await quiet.waitForFunction(() => globalThis.__nightbell?.port);
    assert.equal(await quiet.evaluate(() => __nightbell.open), false);
    assert.equal((await named(page, "Support")).expanded, false);
    await quiet.evaluate(() => __nightbell.port.postMessage({ type: "bit", on: false }));
    await page.waitForFunction(() => !localStorage.getItem("nightbell:hesi"));
    await page.close();
  });

  it("is missed by nobody where the host forbids storage", async () => {
    const forbid = () => {
      const refuse = () => { throw new DOMException("no", "SecurityError"); };
      if (top === self) Object.defineProperty(self, "localStorage", { get: refuse });
    };
    const page = await visit("/plain.html", { before: forbid });
    const frame = await opened(page);
    await frame.evaluate(() => __nightbell.port.postMessage({ type: "bit", on: true }));
    assert.deepEqual(page.heard.errors, []);
    await page.close();
  });
});
