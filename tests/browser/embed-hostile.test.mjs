// Attacks 1–12 of the catalogue: what a foreign page, a foreign frame or a changed script can do with the
// widget. Nothing; and each has its twin that works.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { clickLauncher, launcher, named, openBrowser, shadowText, until, widgetFrame } from "./harness.mjs";
import { openProduct } from "./support/stub.mjs";

const STRANGER = "http://stranger.example";

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

/** A page with this body at any address, and with scripts of its own. */
async function made(address, body) {
  const page = await browser.page();
  await page.route(address, (route) => route.fulfill({ contentType: "text/html", body: `<!doctype html><html lang="en">${body}` }));
  return page;
}

const tag = (attributes = "", src = `${product.edge}/embed.js`) => `<script src="${src}" data-tenant="hesi" ${attributes} async></script>`;

async function opened(page) {
  await clickLauncher(page);
  const frame = await widgetFrame(page, product.edge);
  await frame.waitForFunction(() => globalThis.__nightbell?.port);
  if (product.real) await page.waitForLoadState("networkidle"); // the program has said what it has to say
  return frame;
}

const messages = [{ type: "close" }, { type: "bit", on: true }, { type: "unread", n: 9, say: "9" }, { nightbell: 1, type: "ready", baseUrl: "//stranger.example", token: "t", session: "s" }];

describe("a foreign frame on the host's page", () => {
  it("says what the widget says, and is not heard (1, 3, 4)", async () => {
    const address = `${product.host}/foreign.html`;
    const page = await made(address, `${tag()}<iframe src="${STRANGER}/"></iframe>`);
    await page.route(`${STRANGER}/`, (route) => route.fulfill({ contentType: "text/html", body: "<p>stranger" }));
    await page.goto(address);
    const widget = await opened(page);
    const stranger = page.frames().find((frame) => frame.url().startsWith(STRANGER));
    const origin = product.host;
    await stranger.evaluate(([messages, origin]) => messages.forEach((message) => parent.postMessage(message, origin)), [messages, origin]);
    await page.waitForTimeout(200);
    assert.equal((await named(page, "Support")).expanded, true);
    // The widget itself has said that nothing waits here; the stranger's "something does" was not heard.
    assert.deepEqual(await page.evaluate(() => Object.entries(localStorage).filter(([, value]) => value)), []);
    // the twin: the same words over the widget's own port
    await widget.evaluate((messages) => messages.slice(0, 3).forEach((message) => __nightbell.port.postMessage(message)), messages);
    await until(async () => (await named(page, "Support, 9"))?.expanded === false);
    assert.equal(await page.evaluate(() => localStorage["nightbell:hesi"]), "1");
    await page.close();
  });

  it("takes over the widget's frame, and gets neither message nor port (2)", async () => {
    const address = `${product.host}/taken.html`;
    const page = await made(address, tag("data-token=a.b.c"));
    const script = "globalThis.got = []; addEventListener('message', (event) => got.push(event.data)); parent.postMessage({ type: 'close' }, '*');";
    await page.route(`${STRANGER}/`, (route) => route.fulfill({ contentType: "text/html", body: `<script>${script}</script>` }));
    await page.goto(address);
    const frame = await opened(page);
    assert.equal(await page.evaluate(() => frames.length), 0); // the host's page itself cannot reach it
    await frame.evaluate((url) => void (location.href = url), `${STRANGER}/`);
    const stranger = await until(() => page.frames().find((frame) => frame.url().startsWith(STRANGER)));
    await page.waitForTimeout(300);
    assert.deepEqual(await stranger.evaluate(() => globalThis.got), []);
    assert.equal((await named(page, "Support")).expanded, true);
    await page.close();
  });
});

describe("the frame", () => {
  it("hears one well-formed message of the page around it, and no other (5, 7)", async () => {
    const address = `${product.host}/junk.html`;
    const page = await made(address, `<iframe src="${product.edge}/frame/hesi"></iframe>`);
    await page.goto(address);
    const frame = await widgetFrame(page, product.edge);
    await page.waitForLoadState("load");
    const post = (make, ports, patience = 100) => page.evaluate(([make, edge, ports, patience]) => {
      const { port1, port2 } = new MessageChannel();
      frames[0].postMessage(new Function(`return ${make}`)(), edge, ports ? [port2] : []);
      return new Promise((resolve) => {
        port1.onmessage = ({ data }) => resolve(data.type);
        setTimeout(resolve, patience);
      });
    }, [make, product.edge, ports, patience]);
    const junk = ["null", "7", "'x'.repeat(1e7)", "(() => { const a = {}; a.a = a; return a })()", "JSON.parse('{\"__proto__\":{\"nightbell\":1}}')", "{nightbell:'1'}", "{nightbell:true}", "{nightbell:2}", "[]", "new Map([['nightbell',1]])"];
    for (const make of junk) assert.equal(await post(make, true), undefined, make);
    assert.equal(await post("{nightbell:1}", false), undefined, "without a port");
    assert.equal(await frame.evaluate(() => globalThis.__nightbell), undefined);
    // the twin; values of a wrong type count as not given
    const odd = "{nightbell:1, language:{}, accent:'url(//stranger.example/x)', side:7, words:'w'.repeat(1e6), token:['t'], open:'yes', baseUrl:'//stranger.example'}";
    assert.equal(await post(odd, true, 10_000), "ready");
    const handed = await frame.evaluate(() => [Object.keys(__nightbell).sort().join(" "), __nightbell.token, __nightbell.open, __nightbell.hello, __nightbell.languages.every((tag) => typeof tag === "string")]);
    assert.deepEqual(handed, ["beside ed25519 hello kept languages open port tenant token words zone", "", false, false, true]);
    assert.equal(await frame.evaluate(() => document.documentElement.style.length), 0);
    assert.equal(await post("{nightbell:1, token:'second'}", true), undefined, "a second message");
    assert.deepEqual(page.heard.errors, []);
    await page.close();
  });

  it("is not shown on a host that the tenant does not list, and the panel says so after 15 s (10)", async () => {
    const page = await made(`${STRANGER}/`, tag());
    await page.clock.install();
    await page.goto(`${STRANGER}/`);
    await clickLauncher(page);
    await page.waitForTimeout(500);
    await page.clock.fastForward(12_000);
    assert.doesNotMatch(await shadowText(page), /did not open/);
    await page.clock.fastForward(3_000);
    await until(async () => /did not open/.test(await shadowText(page)));
    const told = `nightbell: no word from ${product.edge}/frame/hesi: does it list ${STRANGER}?`;
    assert.ok(page.heard.said.includes(told), page.heard.said.join("\n"));
    await page.close();
  });

  it("starts by itself when opened as a page of its own", async () => {
    const page = await browser.page();
    await page.goto(`${product.edge}/frame/hesi`);
    await page.waitForFunction(() => globalThis.__nightbell);
    assert.deepEqual(await page.evaluate(() => [__nightbell.port, __nightbell.token, __nightbell.open]), [null, "", true]);
    await page.close();
  });
});

describe("the script", () => {
  it("addresses every message, and builds no page from text (6)", async () => {
    const files = await Promise.all(["/embed.js", "/a/widget/start.js"].map(async (path) => (await fetch(product.edge + path)).text()));
    for (const script of files) {
      assert.doesNotMatch(script, /["'`]\*["'`]/);
      assert.doesNotMatch(script, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|srcdoc/);
    }
  });

  it("leaves no ear on the host's window (1)", async () => {
    const address = `${product.host}/ears.html`;
    const page = await made(address, tag());
    await page.addInitScript(() => {
      globalThis.ears = [];
      const listen = EventTarget.prototype.addEventListener;
      EventTarget.prototype.addEventListener = function (name, ...rest) {
        if (this === self) ears.push(name);
        return listen.call(this, name, ...rest);
      };
    });
    await page.goto(address);
    await opened(page);
    const ears = await page.evaluate(() => [globalThis.ears.includes("message"), self.onmessage]);
    assert.deepEqual(ears, [false, null]);
    await page.close();
  });

  it("survives junk over its own port (7)", async () => {
    const address = `${product.host}/port.html`;
    const page = await made(address, tag());
    await page.goto(address);
    const frame = await opened(page);
    await frame.evaluate(() => {
      const cyclic = { type: {} };
      cyclic.type.type = cyclic;
      const junk = [null, undefined, 7, "x".repeat(1e7), [], cyclic, JSON.parse('{"__proto__":{"type":"close"}}'), { type: "constructor" }, { type: "failed", why: { toString: 1 } }];
      for (const each of junk) __nightbell.port.postMessage(each);
      __nightbell.port.postMessage({ type: "unread", n: 1, say: "1 unread" });
    });
    await until(() => named(page, "Support, 1 unread"));
    assert.equal((await named(page, "Support, 1 unread")).expanded, true);
    assert.deepEqual(page.heard.errors, []);
    await page.close();
  });

  it("works from an address without a scheme (8)", async () => {
    const address = `${product.host}/schemeless.html`;
    const page = await made(address, tag("", `${product.edge.replace("http:", "")}/embed.js`));
    await page.goto(address);
    assert.equal((await opened(page)).url(), `${product.edge}/frame/hesi`);
    await page.close();
  });

  it("refuses to run on its own origin, where the sandbox would be none", async () => {
    const page = await made(`${product.edge}/own.html`, tag());
    await page.goto(`${product.edge}/own.html`);
    await until(() => page.heard.said.length);
    assert.deepEqual(page.heard.said, [`nightbell: page and embed.js share ${product.edge}`]);
    assert.equal(await page.locator("night-bell").count(), 0);
    await page.close();
  });

  it("is polluted by no query (11)", async () => {
    const page = await browser.page();
    await page.goto(`${product.host}/plain.html?__proto__[x]=1&constructor[prototype][y]=2`);
    const frame = await opened(page);
    for (const place of [page, frame]) assert.deepEqual(await place.evaluate(() => [({}).x, ({}).y]), [undefined, undefined]);
    await page.close();
  });

  it("is refused with one byte changed, and the host's page goes on (12)", async () => {
    const page = await browser.page();
    await page.route(`${product.edge}/embed.js`, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: `${await response.text()} ` });
    });
    await page.goto(`${product.host}/index.html`);
    await until(() => page.heard.said.some((line) => /integrity/.test(line)));
    assert.equal(await page.locator("night-bell").count(), 0);
    assert.equal(await page.locator("h1").count(), 1);
    assert.deepEqual(page.heard.errors, []);
    await page.close();
    const twin = await browser.page(); // the very bytes; a reload would find the refused ones in the page's memory
    await twin.goto(`${product.host}/index.html`);
    await launcher(twin);
    await twin.close();
  });
});
