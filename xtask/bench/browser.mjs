// What the widget costs a host's page, measured in Chromium: `node browser.mjs weight|page`, with NB_HOST (the demo host
// site), NB_EDGE and CHROMIUM in the environment. Prints one flat JSON object.
import { createRequire } from "node:module";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const require = createRequire(new URL("../../tests/browser/", import.meta.url));
const { chromium } = require("playwright-core");

const { NB_HOST: host, NB_EDGE: edge, CHROMIUM = "/usr/bin/chromium" } = process.env;
const LOADS = Number(process.env.NB_LOADS ?? 9);
const TAG = /<script[^>]*embed[^>]*><\/script>/;

const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
const round = (number) => Math.round(number * 10) / 10;
const brotli = (bytes) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length;

/** A browser without a cache of earlier runs, with storage partitioned as in life. */
async function withBrowser(measure) {
  const folder = mkdtempSync(join(tmpdir(), "nightbell-bench-"));
  const args = [
    "--remote-debugging-pipe", "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", `--user-data-dir=${folder}`,
    // A page that the bench has changed has no address, and would count as a stranger who reaches into the local network.
    "--disable-features=LocalNetworkAccessChecks",
  ];
  const context = await chromium.launchPersistentContext(folder, { executablePath: CHROMIUM, ignoreDefaultArgs: true, args });
  try {
    return await measure(context);
  } finally {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The widget's frame: it hangs in a closed shadow root, where no selector of the page reaches. */
async function widgetFrame(page) {
  for (;;) {
    const frame = page.frames().find((candidate) => candidate.url().startsWith(`${edge}/frame/`));
    if (frame) return frame;
    await page.waitForTimeout(5);
  }
}

/**
 * In the widget's frame: presses the way to the form as soon as it can be pressed, and notes when the form can be typed
 * into. In the page itself, because a question from outside takes longer than what it asks about.
 */
const HURRY = (origin) => {
  if (location.origin !== origin) return;
  let pressed;
  const look = () => {
    const field = document.querySelector("textarea");
    const write = document.querySelector("main .button[data-kind=primary]:enabled");
    if (write && write !== pressed) (pressed = write).click();
    if (!field) return;
    observer.disconnect();
    field.focus();
    if (document.activeElement === field) window.usable = performance.timeOrigin + performance.now();
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ["disabled"] });
};

/** Opens the panel, as a click on the button does; tells how long it took until the form could be typed into. */
async function openForm(page) {
  await page.locator("night-bell").waitFor({ state: "attached" });
  const clicked = await page.evaluate(() => {
    const now = performance.timeOrigin + performance.now();
    window.nightbell.open();
    return now;
  });
  const frame = await widgetFrame(page);
  const usable = await frame.waitForFunction(() => window.usable);
  return { frame, clicked, usable: (await usable.jsonValue()) - clicked };
}

/** What a program loads of itself, without anybody doing anything, has begun by then. */
const SETTLED = 1_500;

async function weight() {
  return withBrowser(async (context) => {
    await context.addInitScript(HURRY, edge);
    const page = await context.newPage();
    const files = [];
    const reads = [];
    page.on("response", (response) => {
      const url = new URL(response.url());
      if (!/^https?:$/.test(url.protocol)) return;
      reads.push(response.body().catch(() => Buffer.alloc(0)).then((body) => files.push({ url, body })));
    });
    const settle = async () => {
      await page.waitForTimeout(SETTLED);
      await Promise.all(reads);
      const sum = files.filter(({ url }) => url.origin === edge).reduce((sum, { body }) => sum + brotli(body), 0);
      return { sum, ours: files.filter(({ url }) => url.origin === edge) };
    };
    await page.goto(`${host}/plain.html`, { waitUntil: "networkidle" });
    const before = await settle();
    const { frame } = await openForm(page);
    const opened = await settle();
    await frame.locator("textarea").pressSequentially("How");
    const written = await settle();
    const foreign = files.filter(({ url }) => url.origin !== edge && url.origin !== new URL(host).origin);
    return {
      embed_br: before.sum,
      embed_requests: before.ours.length,
      opened_br: opened.sum,
      opened_requests: opened.ours.length,
      later_br: written.sum - opened.sum,
      third_party_requests: foreign.length,
      ...Object.fromEntries(written.ours.map(({ url, body }) => [`br ${url.pathname.replace(/[0-9a-f]{8,}/g, "…")}`, brotli(body)])),
    };
  });
}

/** Long tasks and layout shifts of the host's page, from before its first byte. */
const WATCH = () => {
  window.watched = { tasks: [], shift: 0 };
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) window.watched.tasks.push([performance.timeOrigin + startTime, duration]);
  }).observe({ type: "longtask", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.watched.shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
};

/** One load of the plain page, with the tag or without it: main thread time and heap. */
async function load(context, tagged) {
  const page = await context.newPage();
  await page.route("**/plain.html*", async (route) => {
    const response = await route.fetch();
    const html = await response.text();
    await route.fulfill({ response, body: tagged ? html : html.replace(TAG, "") });
  });
  const session = await context.newCDPSession(page);
  // What the thread worked, not how long it waited for a processor.
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  await page.goto(`${host}/plain.html`, { waitUntil: "networkidle" });
  const begun = await page.evaluate(() => !!window.nightbell);
  if (begun !== tagged) throw new Error(`the tag ${begun ? "runs" : "does not run"} on the page ${tagged ? "with" : "without"} it`);
  await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  const value = (name) => metrics.find((metric) => metric.name === name).value;
  const found = { cpu: value("TaskDuration") * 1000, heap: value("JSHeapUsedSize") / 1024 };
  await page.close();
  return found;
}

async function hostCost() {
  return withBrowser(async (context) => {
    const [bare, tagged] = [[], []];
    await load(context, true); // the first load of a browser warms what is not ours
    for (let n = 0; n < LOADS; n += 1) {
      bare.push(await load(context, false));
      tagged.push(await load(context, true));
    }
    const beyond = (key) => median(tagged.map((x) => x[key])) - median(bare.map((x) => x[key]));
    return { host_cpu_ms: round(beyond("cpu")), heap_kb: round(beyond("heap")) };
  });
}

/**
 * From the click to a form that can be typed into, with an empty cache, four times slower than this machine. The long
 * tasks of the page's load, and those after the click, are told apart: only the latter are ours without a doubt.
 */
async function click() {
  return withBrowser(async (context) => {
    await context.addInitScript(HURRY, edge);
    const page = await context.newPage();
    await page.addInitScript(WATCH);
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    await page.goto(`${host}/plain.html`, { waitUntil: "networkidle" });
    // Our frame is another site's: a process of its own, slowed down as soon as it is there.
    page.on("framenavigated", async (frame) => {
      if (!frame.url().startsWith(edge)) return;
      const own = await context.newCDPSession(frame).catch(() => null);
      await own?.send("Emulation.setCPUThrottlingRate", { rate: 4 }).catch(() => {});
    });
    const { clicked, usable } = await openForm(page);
    await page.waitForTimeout(300);
    const { tasks, shift } = await page.evaluate(() => window.watched);
    const after = tasks.filter(([start, duration]) => start + duration >= clicked).map(([, duration]) => duration);
    return { usable, shift, after, before: tasks.length - after.length };
  });
}

async function pageCost() {
  const clicks = [];
  for (let n = 0; n < LOADS; n += 1) clicks.push(await click());
  const after = clicks.flatMap((c) => c.after);
  return {
    click_to_usable_ms: round(median(clicks.map((c) => c.usable))),
    click_to_usable_worst_ms: round(Math.max(...clicks.map((c) => c.usable))),
    ...(await hostCost()),
    host_long_tasks: after.length,
    host_longest_ms: Math.max(0, ...after),
    host_long_tasks_at_load: clicks.reduce((sum, c) => sum + c.before, 0),
    layout_shift: Math.max(...clicks.map((c) => c.shift)),
    loads: LOADS,
  };
}

const figures = process.argv[2] === "weight" ? await weight() : await pageCost();
console.log(JSON.stringify(figures));
