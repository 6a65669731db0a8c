// The journeys on which something fails between a customer and her ticket: the network, an object, the browser's
// storage. However often she tries, it is one ticket, and its promise is the first one.

import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import { until } from "./harness.mjs";
import { agent, customer } from "./support/people.mjs";
import { startAt } from "./support/product.mjs";

let product;
let li;
let people = [];

before(async () => {
  product = await startAt("2026-10-01T23:10+08:00");
  li = await agent(await product.link("li"));
  await li.page.locator(".inbox-list .blank").waitFor();
});
after(async () => {
  await li?.close();
  await product?.stop();
});
afterEach(async () => {
  await Promise.all(people.map((person) => person.close()));
  people = [];
});

async function she(settings) {
  people.push(await customer(product, settings));
  return people.at(-1);
}

/** The edge's clock, in milliseconds. */
async function now() {
  const hello = await fetch(`${product.edge}/v1/hesi/hello?zone=Asia/Shanghai`, { headers: { Accept: "application/json" } });
  return (await hello.json()).now;
}

/** When the edge first saw a VIP's request, in milliseconds: half an hour before the promise. */
function firstSeen({ due }) {
  return Date.parse(due) - 30 * 60_000;
}

/** Nothing of hers reaches the edge, as in a tunnel: the page itself is served, or nobody could load it again. */
async function tunnel({ page }) {
  await page.route(`${product.edge}/v1/**`, (route) => route.abort());
  return async () => {
    await page.unroute(`${product.edge}/v1/**`);
    // Behind it the browser finds its network again.
    await page.context().setOffline(true);
    await page.context().setOffline(false);
  };
}

function waiting(customer) {
  return customer.frame.locator(".ticket-row", { hasText: "等待发送" });
}

describe("J13: the network drops after *send*", () => {
  it("j13_a_request_from_a_train_is_one_ticket_after_two_reloads_promised_from_the_servers_first_sight", async () => {
    const vip = await she({ as: "vip" });
    // Offline alone would let a request through whose answer it swallows: that is the next test.
    const leave = await tunnel(vip);
    await vip.page.context().setOffline(true);
    await vip.asks("出差途中报销提交失败", { severity: "urgent" });
    const writtenAt = await now();
    const line = vip.frame.locator(".code-line[data-state=waiting]");
    await line.waitFor();
    const code = await line.locator(".code").innerText();
    assert.match(await line.innerText(), /正在提交/);
    await vip.frame.locator(".notice", { hasText: "您已离线。" }).waitFor();

    // A page that goes while a request is held back would let it go: so it fails first.
    const failed = vip.page.waitForEvent("requestfailed", (request) => request.method() === "POST");
    await vip.page.context().setOffline(false);
    await failed;
    for (const time of ["the first", "the second"]) {
      await vip.visit();
      await vip.frame.locator(".tab").last().click();
      assert.equal(await waiting(vip).count(), 1, `after ${time} reload it waits still, once`);
    }
    await waiting(vip).click();
    await vip.frame.locator(".code-line[data-state=waiting]").waitFor();
    // Ten seconds later the two times are told apart.
    const seenNotBefore = await until(async () => { const at = await now(); return at > writtenAt + 10_000 && at; }, "the end of the tunnel", 15_000);
    await leave();
    const receipt = await vip.receipt();
    assert.equal(receipt.code, code);
    assert.ok(firstSeen(receipt) >= seenNotBefore - 1000, `the promise counts from the server's first sight: ${receipt.due} after ${new Date(seenNotBefore).toISOString()}`);
    await vip.frame.getByText(/^您写于 23:1\d，以服务器收到的时间计算$/).waitFor();

    await li.row("出差途中报销提交失败").waitFor();
    assert.equal(await li.row("出差途中报销提交失败").count(), 1);
    await vip.visit();
    await vip.frame.locator(".tab").last().click();
    await vip.frame.locator(".ticket-row").waitFor();
    assert.equal(await vip.frame.locator(".ticket-row").count(), 1);
  });

  it("j13_a_request_whose_acknowledgement_was_lost_keeps_the_promise_of_its_first_arrival", async () => {
    const vip = await she({ as: "vip" });
    let arrivals = 0;
    const lose = async (route) => {
      if (route.request().method() !== "POST") return route.fallback();
      await route.fetch();
      arrivals += 1;
      await route.abort();
    };
    await vip.page.route(`${product.edge}/v1/hesi/tickets`, lose);
    await vip.asks("发票识别成了别人的抬头", { severity: "urgent" });
    await until(() => arrivals > 0, "the first arrival");
    const seenNotAfter = await now();
    await until(() => arrivals > 1, "a second try");
    await vip.page.unroute(`${product.edge}/v1/hesi/tickets`);
    const receipt = await vip.receipt();
    assert.ok(firstSeen(receipt) <= seenNotAfter, "the promise is the first one");
    await li.row("发票识别成了别人的抬头").waitFor();
    assert.equal(await li.row("发票识别成了别人的抬头").count(), 1);
  });
});

describe("J14: the object that should hold the ticket cannot be reached", () => {
  it("j14_she_gets_code_and_promise_at_once_and_the_desk_one_ticket_with_the_original_instant", async () => {
    const vip = await she({ as: "vip" });
    await product.break({ unreachable: "/k/" });
    await vip.asks("审批流程停在财务节点", { severity: "urgent" });
    const receipt = await vip.receipt();
    assert.match(receipt.promise, /^最迟 今天 23:4\d 第一次回复您。$/);
    await vip.frame.getByText("已受理，一分钟内进入队列。").waitFor();
    assert.equal(await li.row("审批流程停在财务节点").count(), 0);

    await product.break({});
    await until(async () => {
      await product.tick();
      return (await li.row("审批流程停在财务节点").count()) > 0;
    }, "the ticket at the desk", 30_000);
    assert.equal(await li.row("审批流程停在财务节点").count(), 1);
    await li.reads("审批流程停在财务节点");
    assert.equal(await li.page.locator(".side .code").innerText(), receipt.code);
    assert.equal(await li.page.locator(".pane-due time").first().getAttribute("datetime"), receipt.due);
  });
});

describe("a browser that keeps nothing", () => {
  it("opens the panel, says that nothing is kept while something waits, and sends all the same", async () => {
    const guest = await she({ storage: "refused" });
    await guest.frame.locator(".promise-sentence").waitFor();
    const leave = await tunnel(guest);
    await guest.asks("想了解企业版价格", { contact: "wang@example.com" });
    await guest.frame.locator(".notice", { hasText: "这个浏览器不允许保存内容。" }).waitFor();
    await leave();
    const receipt = await guest.receipt();
    assert.equal(receipt.due, "2026-10-08T02:00:00Z");
  });
});

describe("a sign-in link", () => {
  it("works once, and then says what to do", async () => {
    const link = await product.link("wang");
    const wang = await agent(link, { locale: "en-GB" });
    people.push(wang);
    await wang.page.locator(".inbox-head").waitFor();
    const other = await agent(link, { locale: "en-GB" });
    people.push(other);
    await other.page.getByRole("heading", { name: "This sign-in link was used already." }).waitFor();
    assert.match(await other.page.locator(".door").innerText(), /Ask your administrator for a new one\./);
  });
});
