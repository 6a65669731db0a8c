// The journeys of one night and of two ordinary days, as people see them: customers on the demo host's pages,
// agents at the desk, the edge's clock at the journey's instant.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { until } from "./harness.mjs";
import { agent, customer } from "./support/people.mjs";
import { startAt } from "./support/product.mjs";

/// The instants carry the seconds between the product's start and the customer's click.
function fallsIn(minute, instant) {
  assert.match(instant, new RegExp(`^${minute}(:\\d\\d)?Z$`));
}

/** Opens a product for one group of tests, and ends with it everybody who came. */
function group(name, instant, tests) {
  describe(name, () => {
    let product;
    const people = [];
    before(async () => (product = await startAt(instant)));
    after(async () => {
      await Promise.all(people.map((person) => person.close()));
      await product?.stop();
    });
    const comes = async (person) => {
      people.push(await person);
      return people.at(-1);
    };
    tests({
      she: (settings) => comes(customer(product, settings)),
      agent: async (id, settings) => comes(agent(await product.link(id), settings)),
      product: () => product,
    });
    it("nobody's page said a wrong word", async () => {
      for (const person of people) assert.deepEqual(await person.complaints(), []);
    });
  });
}

group("Thursday 1 October, 23:10 in Shanghai", "2026-10-01T23:10+08:00", ({ she, agent, product }) => {
  it("j2_an_urgent_request_of_a_vip_rings_the_person_on_call_within_seconds", async () => {
    const vip = await she({ as: "vip" });
    assert.equal(await vip.frame.locator(".now-state").innerText(), "现在休息，有专人为您值班");
    await vip.asks("付款批次卡住，供应商在等款", { severity: "urgent" });
    const receipt = await vip.receipt();
    assert.equal(receipt.promise, "最迟 今天 23:40 第一次回复您。");
    fallsIn("2026-10-01T15:40", receipt.due);
    assert.deepEqual(receipt.reasons, [
      ["服务器收到", "今天 23:10"],
      ["VIP客户", "按贵公司合同"],
      ["在线客服当时已关门", "10月8日 周四 09:00 开门"],
      ["王强值班，现在就通知", ""],
      ["同时通知客户经理陈静", ""],
      ["昼夜计时", ""],
      ["紧急问题约定 30 分钟", "+ 30 分钟"],
      ["第一次回复最迟", "今天 23:40"],
    ]);

    const ring = await until(async () => (await product().rings())[0], "the ring");
    assert.deepEqual([ring.refused, ring.path, ring.body.type], [null, "/night", "ticket.on_call"]);
    assert.equal(ring.body.data.code, receipt.code);
    assert.deepEqual(ring.body.data.on_call, [{ id: "wang", name: "王强" }]);
    assert.deepEqual(ring.body.data.account_manager, { id: "chen", name: "陈静" });
    assert.ok(ring.at - ring.body.data.asked_at < 5000, "it rings within seconds");
  });

  it("j2_the_desk_shows_the_night's_request_running_and_who_is_on_call", async () => {
    const wang = await agent("wang");
    const row = wang.row("付款批次卡住");
    assert.equal(await row.locator(".inbox-time").innerText(), "23:40");
    await wang.reads("付款批次卡住");
    assert.match(await wang.page.locator(".pane-due").innerText(), /^首次回复还有 (30|2\d) 分钟/);
    const side = await wang.page.locator(".side").innerText();
    for (const told of ["值班", "王强", "同时通知客户经理陈静", "VIP"]) assert.ok(side.includes(told), told);
    assert.equal(await wang.page.locator(".side .clock").first().getAttribute("data-state"), "running");
  });

  it("j2_a_vip_who_reads_english_is_told_the_same", async () => {
    const { frame } = await she({ as: "vip", path: "/plain.html", locale: "en-GB" });
    assert.equal(await frame.locator(".now-state").innerText(), "Closed, but a person is on call for you");
    assert.match(await frame.locator(".promise-sentence").innerText(), /^Write now, and a person replies by 23:4\d at the latest\.$/);
  });

  it("j1_a_holiday_night's_request_is_promised_for_the_first_morning_and_told_why", async () => {
    const customer = await she({ as: "standard" });
    const { frame } = customer;
    assert.match(await frame.locator(".now-state").innerText(), /^现在休息 · 10月1日 周四 23:1\d$/);
    assert.equal(await frame.locator(".promise-sentence").innerText(), "现在留言，最迟 10月8日 周四 10:00 回复您。");
    assert.equal(await frame.locator(".now-note").innerText(), "10月1日至10月7日国庆节休息，10月8日 周四 09:00 开门。");
    await customer.asks("发票一直显示“验真中”");
    const receipt = await customer.receipt();
    assert.equal(receipt.promise, "最迟 10月8日 周四 10:00 第一次回复您。");
    assert.equal(receipt.due, "2026-10-08T02:00:00Z");
    assert.deepEqual(receipt.reasons.slice(1), [
      ["标准客户", "按贵公司合同"],
      ["在线客服当时已关门", "10月8日 周四 09:00 开门"],
      ["客服一组最先开门，由其处理", "10月8日 周四 09:00"],
      ["10月1日至10月7日国庆节", "休息 7 天"],
      ["开门，计时开始", "10月8日 周四 09:00"],
      ["一般问题约定 1 小时", "+ 1 小时"],
      ["第一次回复最迟", "10月8日 周四 10:00"],
    ]);

    // She closes the panel; the agent answers.
    await frame.getByRole("button", { name: "完成" }).click();
    await frame.getByRole("button", { name: "关闭" }).click();
    const li = await agent("li");
    assert.equal(await li.row("发票一直显示").locator(".clock-state").innerText(), "首次回复最迟 10月8日 周四");
    await li.reads("发票一直显示");
    const clock = li.page.locator(".side .clock").first();
    assert.equal(await clock.locator("time").first().getAttribute("datetime"), "2026-10-08T02:00:00Z");
    assert.match(await clock.locator(".clock-due").innerText(), /10月8日 周四 09:00/); // it does not run before
    await li.replies("王女士您好，税局接口国庆期间延迟，8 日恢复后会自动验真。");
    assert.match(await clock.locator(".clock-state").innerText(), /^已达成，提前 6 天 10 小时/);

    // On the host's next page the button tells it by itself.
    await customer.visit({ open: false });
    await customer.called("客户支持, 1 条未读");
    await customer.opens();
    await customer.frame.locator(".tab").last().click();
    await customer.frame.locator(".ticket-row", { hasText: "发票一直显示" }).click();
    const answer = customer.frame.locator(".group[data-from=agent]");
    assert.match(await answer.innerText(), /^李娜 23:1\d\s+王女士您好/);
    assert.match(await customer.frame.locator(".log-event[data-state=met]").innerText(), /第一次回复.*承诺已兑现/);
    await customer.called("客户支持");
  });

  it("j1_the_same_night_is_told_in_english", async () => {
    const customer = await she({ as: "standard", path: "/plain.html", locale: "en-GB" });
    assert.match(await customer.frame.locator(".now-state").innerText(), /^Closed now · Thu 1 Oct, 23:1\d$/);
    assert.equal(await customer.frame.locator(".now-note").innerText(), "National Day, 1 Oct to 7 Oct. Opens Thu 8 Oct, 09:00.");
    await customer.asks("The invoice says “being checked” all day");
    const receipt = await customer.receipt();
    assert.equal(receipt.promise, "First reply by Thu 8 Oct, 10:00, your time.");
    assert.deepEqual(receipt.reasons.slice(4), [
      ["National Day, 1 Oct to 7 Oct", "closed 7 days"],
      ["Opens; the clock starts", "Thu 8 Oct, 09:00"],
      ["Agreed for General: 1 h", "+ 1 h"],
      ["First reply by", "Thu 8 Oct, 10:00"],
    ]);
  });

  it("a ticket of another customer is unknown, like one that never was", async () => {
    const stranger = await she({ as: "implementation" });
    await stranger.frame.locator(".tab").last().click();
    await stranger.frame.getByText("还没有工单").waitFor();
    const ask = (id) => stranger.frame.evaluate(async ([id, bearer]) => {
      const answer = await fetch(`/v1/hesi/tickets/${id}`, { headers: { Authorization: bearer } });
      return [answer.status, await answer.text()];
    }, [id, stranger.bearer()]);
    const hers = (await product().rings())[0].body.data.ticket;
    const nobodys = hers.replace(/.$/, (digit) => (digit === "0" ? "1" : "0"));
    const unknown = await ask(nobodys);
    assert.equal(unknown[0], 404);
    assert.deepEqual(await ask(hers), unknown);
    stranger.page.heard.said.length = 0; // the browser tells of both refusals
  });
});

group("Friday 13 February, 17:30 in Shanghai", "2026-02-13T17:30+08:00", ({ she, agent }) => {
  it("j3_half_an_hour_before_closing_the_rest_of_the_hour_falls_on_the_make_up_saturday", async () => {
    const customer = await she({ as: "standard" });
    assert.equal(await customer.frame.locator(".now-state").innerText(), "现在有人，到 18:00");
    await customer.asks("报销单提交不了");
    const receipt = await customer.receipt();
    assert.equal(receipt.promise, "最迟 2月14日 周六 09:30 第一次回复您。");
    fallsIn("2026-02-14T01:30", receipt.due);
    assert.deepEqual(receipt.reasons.slice(3), [
      ["客服一组现在有人", ""],
      ["2月14日 周六调休上班", "服务中"],
      ["2月13日 周五 17:30–18:00 计时", "30 分钟"],
      ["2月14日 周六 09:00–09:30 计时", "30 分钟"],
      ["一般问题约定 1 小时", "+ 1 小时"],
      ["第一次回复最迟", "2月14日 周六 09:30"],
    ]);
  });

  it("j3_the_same_is_told_in_english_and_at_the_desk", async () => {
    const customer = await she({ as: "standard", path: "/plain.html", locale: "en-GB" });
    assert.equal(await customer.frame.locator(".now-state").innerText(), "Open now, until 18:00");
    assert.match(await customer.frame.locator(".promise-sentence").innerText(), /^Ask now, and a person replies by Sat 14 Feb, 09:3\d\.$/);
    const li = await agent("li", { locale: "en-GB" });
    assert.equal(await li.row("报销单提交不了").locator(".clock-state").innerText(), "First reply by Sat 14 Feb");
    assert.equal(await li.row("报销单提交不了").locator(".inbox-time").innerText(), "09:30");
  });
});

group("Saturday 14 February, 17:30 in Shanghai", "2026-02-14T17:30+08:00", ({ she, agent }) => {
  it("j4_before_spring_festival_the_rest_of_the_hour_falls_on_the_first_day_after_it", async () => {
    const customer = await she({ as: "standard" });
    await customer.asks("预算扣减了两次");
    const receipt = await customer.receipt();
    assert.equal(receipt.promise, "最迟 2月24日 周二 09:30 第一次回复您。");
    fallsIn("2026-02-24T01:30", receipt.due);
    assert.ok(receipt.reasons.some(([told, sum]) => told === "2月15日至2月23日春节" && sum === "休息 9 天"));
  });

  it("j4_an_agent_in_berlin_reads_the_same_instant_on_the_berlin_clock", async () => {
    const li = await agent("li", { locale: "en-GB", zone: "Europe/Berlin" });
    assert.match(await li.page.locator(".inbox-head").innerText(), /10:3\d.*Berlin/);
    const row = li.row("预算扣减了两次");
    assert.equal(await row.locator(".clock-state").innerText(), "First reply by Tue 24 Feb");
    assert.equal(await row.locator(".inbox-time").innerText(), "02:30");
    await li.reads("预算扣减了两次");
    fallsIn("2026-02-24T01:30", await li.page.locator(".pane-due time").first().getAttribute("datetime"));
    assert.match(await li.page.locator(".side").innerText(), /17:3\d, Asia\/Shanghai/);
  });

  it("j4_the_same_is_told_in_english", async () => {
    const customer = await she({ as: "standard", path: "/plain.html", locale: "en-GB" });
    assert.match(await customer.frame.locator(".promise-sentence").innerText(), /^Ask now, and a person replies by Tue 24 Feb, 09:3\d\.$/);
  });
});
