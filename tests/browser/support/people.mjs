// The people of the journeys, each in a browser of their own: customers on the demo host's pages, agents at
// the desk. Each notes what a page said that it should not have said.

import { clickLauncher, named, openBrowser, until, widgetFrame } from "../harness.mjs";

/**
 * A customer on a page of the demo host, the panel opened. `as` is who the host says she is; `size`, `dark`,
 * `locale`, `zone` and `storage` are her browser's; `language` takes the place of the one that the host's tag says.
 */
export async function customer(product, { path = "/index.html", as = "anonymous", open = true, language, ...settings }) {
  const browser = await person(settings);
  const page = await browser.page();
  if (language) await page.route(`${product.host}${path}*`, (route) => inLanguage(route, language));
  let bearer;
  page.on("request", (request) => (bearer = request.headers().authorization ?? bearer));
  const she = {
    page,
    frame: null,
    /** What her program last told the edge about who she is. */
    bearer: () => bearer,
    /** Opens the host's page (again), as far as the panel if it is to be open. */
    async visit({ open = true } = {}) {
      await page.goto(`${product.host}${path}?as=${as}`);
      if (as !== "anonymous") await page.waitForFunction(() => document.querySelector("script[data-tenant]").dataset.token);
      if (open) await she.opens();
    },
    async opens() {
      await clickLauncher(page);
      she.frame = await widgetFrame(page, product.edge);
      await she.frame.locator(".widget:not([aria-busy])").waitFor({ timeout: 15_000 });
    },
    /** Fills the form in and sends it; the words of it come from `text`. */
    async asks(text, { severity = "general", contact } = {}) {
      await she.frame.locator(".body[data-view=home] > .button[data-kind=primary]").click();
      await she.frame.locator(`[name=severity][value=${severity}]`).check();
      await she.frame.locator("[name=text]").fill(text);
      if (contact) await she.frame.locator("[name=contact]").fill(contact);
      await she.frame.locator("button[type=submit]").click();
    },
    /** The receipt, once the edge has given it: the code, the instant in UTC, the sentence and its reasons. */
    async receipt() {
      await she.frame.locator(".code-line:not([data-state=waiting])").waitFor({ timeout: 15_000 });
      const promise = she.frame.locator(".promise-sentence");
      return {
        code: await she.frame.locator(".code-line .code").innerText(),
        due: await promise.locator("time").getAttribute("datetime"),
        promise: await promise.innerText(),
        reasons: await she.frame.locator(".reason").evaluateAll((rows) => rows.map((row) => [...row.children].map((part) => part.innerText.trim()))),
      };
    },
    /** The name of the host's button, which tells what is unread. */
    called: (name) => until(() => named(page, name), `the button's name “${name}”`),
    complaints: () => complaints(page),
    close: () => browser.close(),
  };
  await she.visit({ open });
  return she;
}

/** An agent who follows a sign-in link. */
export async function agent(link, settings = {}) {
  const browser = await person({ size: { width: 1440, height: 900 }, ...settings });
  const page = await browser.page();
  await page.goto(link);
  return {
    page,
    /** The list's row of a ticket. */
    row: (text) => page.locator(".inbox-row", { hasText: text }),
    async reads(text) {
      await page.locator(".inbox-row", { hasText: text }).click();
      await page.locator(".pane-log .bubble").first().waitFor();
    },
    async replies(text) {
      await page.locator(".write-text").fill(text);
      await page.locator(".write-foot .button").click();
      await page.locator(".bubble", { hasText: text }).waitFor();
    },
    complaints: () => complaints(page),
    close: () => browser.close(),
  };
}

async function inLanguage(route, language) {
  const response = await route.fetch();
  const body = (await response.text()).replace(/data-language="[^"]*"/, `data-language="${language}"`);
  await route.fulfill({ response, body });
}

function person({ zone = "Asia/Shanghai", locale = "zh-CN", size = { width: 1280, height: 800 }, dark = false, storage }) {
  return openBrowser({ storage, timezoneId: zone, locale, viewport: size, colorScheme: dark ? "dark" : "light" });
}

async function complaints(page) {
  return [...page.heard.errors, ...page.heard.said, ...(await page.heard.violations())];
}
