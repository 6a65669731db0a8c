// What every browser test needs: Chromium as customers run it, and a look at what it said.

import { mkdtemp, rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { chromium } from "playwright-core";

const CHROMIUM = [process.env.NB_CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/// playwright's own arguments switch the partitioning of storage off, and the frame then gets errors
/// that customers do not get. So none of them is used. A page that a test makes up has no address, and
/// would count as a stranger who reaches into the local network: that check alone is off.
const ARGUMENTS = [
  "--remote-debugging-pipe",
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--hide-scrollbars",
  "--disable-features=LocalNetworkAccessChecks",
];

/** A test that failed has not closed its browser, and node waits for every browser that it started. */
const running = new Set();
after(() => Promise.all([...running].map((browser) => browser.close())));

/**
 * A browser with an empty profile. `storage: "refused"` starts it with playwright's own arguments, under
 * which the frame may keep nothing. Close it with `close()`.
 */
export async function openBrowser({ storage = "partitioned", ...options } = {}) {
  const executablePath = CHROMIUM.find((path) => path && existsSync(path));
  if (!executablePath) throw new Error("no Chromium found: install Debian's `chromium` or name one in NB_CHROMIUM");
  const profile = await mkdtemp(join(tmpdir(), "nightbell-browser-"));
  const own = storage === "partitioned" && { ignoreDefaultArgs: true, args: [...ARGUMENTS, `--user-data-dir=${profile}`] };
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    chromiumSandbox: false,
    ...own,
    ...options,
  });
  const browser = {
    context,
    page: () => watch(context),
    async close() {
      running.delete(browser);
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
  running.add(browser);
  return browser;
}

/** A page that remembers what it asked for and what went wrong: `page.heard.{requests,errors,said,violations}`. */
async function watch(context) {
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const heard = { requests: [], errors: [], said: [] };
  page.heard = heard;
  page.on("request", (request) => heard.requests.push(request.url()));
  page.on("pageerror", (error) => heard.errors.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") heard.said.push(message.text());
  });
  await page.addInitScript(() => {
    globalThis.__violations = [];
    addEventListener("securitypolicyviolation", (event) => __violations.push(`${event.violatedDirective} ${event.blockedURI}`));
  });
  heard.violations = async () => (await Promise.all(page.frames().map((frame) => frame.evaluate(() => __violations).catch(() => [])))).flat();
  return page;
}

/**
 * The first thing with this name in Chromium's own accessibility tree, which reaches into closed shadow
 * roots as assistive technology does; null if there is none.
 */
export async function named(page, name) {
  const { nodes } = await devtools(page, (session) => session.send("Accessibility.getFullAXTree"));
  const node = nodes.find((node) => !node.ignored && node.name?.value === name && node.role?.value === "button");
  if (!node) return null;
  const expanded = node.properties?.find((property) => property.name === "expanded")?.value.value;
  return { role: node.role.value, expanded };
}

/** The launcher, once it is drawn. */
export function launcher(page) {
  return until(() => button(page), "the launcher");
}

/** The launcher's box if it is on the page now, with its middle; else null. */
export async function button(page) {
  const model = await devtools(page, async (session) => {
    const inside = await shadowNodes(session);
    const launcher = inside.find((node) => node.localName === "button");
    return launcher && (await session.send("DOM.getBoxModel", { nodeId: launcher.nodeId }).catch(() => null))?.model;
  });
  if (!model) return null;
  const [left, top, right, , , bottom] = model.border;
  return { left, top, right, bottom, x: (left + right) / 2, y: (top + bottom) / 2 };
}

/** What embed.js itself has written on the host's page. */
export async function shadowText(page) {
  const nodes = await devtools(page, shadowNodes);
  return nodes.map((node) => node.nodeValue).join(" ");
}

async function shadowNodes(session) {
  await session.send("DOM.enable");
  const { nodes } = await session.send("DOM.getFlattenedDocument", { depth: -1, pierce: true });
  const host = nodes.find((node) => node.localName === "night-bell");
  const children = (parent) => nodes.filter((node) => node.parentId === parent.nodeId).flatMap((node) => [node, ...children(node)]);
  return (host?.shadowRoots ?? []).flatMap(children);
}

async function devtools(page, ask) {
  const session = await page.context().newCDPSession(page);
  try {
    return await ask(session);
  } finally {
    await session.detach();
  }
}

/** Waits until what is asked for is there, and gives it back. */
export async function until(asked, what = "what was waited for", patience = 5000) {
  for (const end = Date.now() + patience; Date.now() < end; ) {
    const found = await asked();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${what} did not come within ${patience / 1000} s`);
}

/** Clicks the launcher where it is drawn, as a hand does. */
export async function clickLauncher(page) {
  const { x, y } = await launcher(page);
  await page.mouse.click(x, y);
}

/** The frame of the widget, once its document is there. */
export function widgetFrame(page, edge) {
  return until(() => page.frames().find((frame) => frame.url().startsWith(`${edge}/frame/`)), `a frame of ${edge}`);
}
