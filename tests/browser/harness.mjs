// What every browser test needs: Chromium as customers run it, and a look at what it said.

import { mkdtemp, rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const CHROMIUM = [process.env.NB_CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/// playwright's own arguments switch the partitioning of storage off, and the frame then gets errors
/// that customers do not get. So none of them is used.
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
];

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
  return {
    context,
    page: () => watch(context),
    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

/** A page that remembers what it asked for and what went wrong: `page.heard.{requests,errors,violations}`. */
async function watch(context) {
  const page = await context.newPage();
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
 * Chromium's own accessibility tree reaches into closed shadow roots, which selectors do not: the node
 * with this role in the host's page, or null.
 */
export async function accessible(page, role) {
  const session = await page.context().newCDPSession(page);
  try {
    const { nodes } = await session.send("Accessibility.getFullAXTree");
    const node = nodes.find((node) => node.role?.value === role && !node.ignored);
    if (!node) return null;
    const property = (name) => node.properties?.find((each) => each.name === name)?.value.value;
    return { name: node.name?.value, expanded: property("expanded"), focused: property("focused"), backend: node.backendDOMNodeId };
  } finally {
    await session.detach();
  }
}

/** The launcher, as assistive technology finds it. */
export async function launcher(page) {
  for (let tries = 0; tries < 100; tries += 1) {
    const found = await button(page);
    if (found) return found;
    await page.waitForTimeout(50);
  }
  throw new Error("no launcher appeared within 5 s");
}

/** The launcher if it is on the page now, with the middle of its box. */
export async function button(page) {
  const session = await page.context().newCDPSession(page);
  try {
    await session.send("DOM.enable");
    const { nodes } = await session.send("DOM.getFlattenedDocument", { depth: -1, pierce: true });
    const hosts = nodes.filter((node) => node.localName === "night-bell");
    const found = hosts.flatMap((host) => (host.shadowRoots ?? []).map((root) => root.nodeId));
    const launchers = nodes.filter((node) => node.localName === "button" && found.includes(node.parentId));
    if (launchers.length !== 1) return null;
    const { model } = await session.send("DOM.getBoxModel", { nodeId: launchers[0].nodeId }).catch(() => ({}));
    if (!model) return null;
    const [left, top, right, , , bottom] = model.border;
    return { left, top, right, bottom, x: (left + right) / 2, y: (top + bottom) / 2 };
  } finally {
    await session.detach();
  }
}

/** Clicks the launcher where it is drawn, as a hand does. */
export async function clickLauncher(page) {
  const { x, y } = await launcher(page);
  await page.mouse.click(x, y);
}

/** The frame of the widget, once its document is there. */
export async function widgetFrame(page, edge) {
  for (let tries = 0; tries < 200; tries += 1) {
    const frame = page.frames().find((each) => each.url().startsWith(`${edge}/frame/`));
    if (frame) return frame;
    await page.waitForTimeout(50);
  }
  throw new Error(`no frame of ${edge} appeared within 10 s`);
}
