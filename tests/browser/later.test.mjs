// The part of the program that comes later: nobody waits for it at first, it is there before it is needed, and when it
// does not come she reads so and can try again.

import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import { until } from "./harness.mjs";
import { customer } from "./support/people.mjs";
import { startAt } from "./support/product.mjs";

/** The files of the later part. */
const LATER = /\/a\/[^/]+\/(split_\w+\.wasm|later\.css|later-[\w-]+\.txt)$/;

let product;
let she;
before(async () => {
  product = await startAt("2026-10-01T23:10+08:00");
});
after(() => product?.stop());
afterEach(() => she?.close());

const asked = () => she.page.heard.requests.filter((url) => LATER.test(url));
const write = () => she.frame.locator(".body[data-view=home] > .button[data-kind=primary]");

describe("the later part", () => {
  it("is not asked for by somebody who only looks, and is there once she has begun to write", async () => {
    she = await customer(product, {});
    await write().click();
    await she.frame.locator("[name=text]").focus();
    await she.page.waitForTimeout(1_000);
    assert.deepEqual(asked(), []);
    await she.frame.locator("[name=text]").pressSequentially("a");
    await until(() => asked().length === 3, "its three files");
    assert.deepEqual(await she.complaints(), []);
  });

  for (const missing of ["split_*.wasm", "later.css", "later-*.txt"]) {
    it(`says so when ${missing} does not come, and goes on where she was when it does`, async () => {
      she = await customer(product, {});
      const files = `${product.edge}/a/*/${missing}`;
      await she.page.route(files, (route) => route.abort());
      await she.frame.locator(".tab").last().click();
      const again = she.frame.locator(".blank[role=alert] .button");
      await again.waitFor();
      await she.page.unroute(files);
      await again.click();
      await she.frame.locator(".body[data-view=tickets]").waitFor();
    });
  }

  it("keeps what she sends before it is there, and sends it once when it comes", async () => {
    she = await customer(product, {});
    const files = `${product.edge}/a/*/split_*.wasm`;
    await she.page.route(files, (route) => route.abort());
    await she.asks("发票一直显示验真中", { contact: "lihua@yunshan.example" });
    const again = she.frame.locator(".notice .button");
    await again.waitFor();
    await she.page.unroute(files);
    await again.click();
    assert.match((await she.receipt()).code, /^\w{4}\W?\w{4}$/);
  });
});
