// What agents do at the desk, against the real edge: each deed once, nothing typed lost, nothing missed.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { until } from "./harness.mjs";
import { stranger } from "./support/asking.mjs";
import { agent } from "./support/people.mjs";
import { startAt } from "./support/product.mjs";

let product;
before(async () => (product = await startAt("2026-10-08T10:00+08:00")));
after(() => product.stop());

/** A customer without a browser. */
const customer = async (text, severity = "general") => (await stranger(product)).asks(text, { severity });

const desk = async (settings) => agent(await product.link("li"), { locale: "en-GB", ...settings });
const shown = (page, text) => page.locator(".pane", { hasText: text }).waitFor();
const mine = (page, text) => page.locator(".group[data-from=me] .bubble", { hasText: text });

describe("an agent at the desk", () => {
  it("answers and notes: the answer stops the first clock, the note none", async () => {
    await customer("The first question");
    const li = await desk();
    await li.reads("The first question");
    await li.page.keyboard.press("n");
    await li.page.keyboard.type("Look at the tax bureau first");
    await li.page.keyboard.press("Control+Enter");
    await li.page.locator(".note", { hasText: "tax bureau" }).waitFor();
    assert.match(await li.page.locator(".pane-due").innerText(), /^First reply in /);
    await li.page.locator(".write-tab").first().click();
    await li.replies("We are on it");
    assert.match(await li.page.locator(".log-event[data-state=met]").innerText(), /^First reply 10:\d\d, .* early$/);
    assert.equal(await li.page.locator(".write-text").inputValue(), "");
    assert.deepEqual(await li.complaints(), []);
    await li.close();
  });

  it("waits for somebody, and is woken by the customer's words without a reload", async () => {
    const she = await customer("The second question");
    const li = await desk();
    await li.reads("The second question");
    await li.page.getByRole("button", { name: "Pause", exact: true }).click();
    await li.page.getByText("Somebody else").click();
    await li.page.locator("dialog button[data-kind=primary]").click();
    await shown(li.page, "Somebody else");
    assert.equal(await li.page.locator(".side .clock").last().getAttribute("data-state"), "paused");
    await she.writes("Is there any news?");
    await shown(li.page, "Is there any news?");
    await shown(li.page, "the customer wrote");
    assert.equal(await li.page.locator(".side .clock").last().getAttribute("data-state"), "running");
    await li.close();
  });

  it("solves, and opens again what was not", async () => {
    await customer("The third question");
    const li = await desk();
    await li.reads("The third question");
    await li.page.getByRole("button", { name: "Solve", exact: true }).click();
    await shown(li.page, "Solved");
    await until(async () => (await li.row("The third question").count()) === 0, "the row to leave the open ones");
    await li.page.getByRole("button", { name: "Reopen" }).click();
    await li.row("The third question").waitFor();
    await li.close();
  });

  it("says a thing once, although the answer to it was lost", async () => {
    await customer("The fourth question");
    const li = await desk();
    await li.reads("The fourth question");
    await product.break({ answers_lost: 1 });
    await li.page.locator(".write-text").fill("Said once");
    await li.page.locator(".write-foot .button").click();
    await mine(li.page, "Said once").waitFor();
    await until(async () => (await li.page.locator(".write-text").inputValue()) === "", "the box to be free");
    await product.break();
    assert.equal(await mine(li.page, "Said once").count(), 1);
    assert.equal(await li.page.locator(".pane > .notice").count(), 0, "what has arrived has not failed");
    await li.close();
  });

  it("finds what was typed after another ticket and a reload", async () => {
    await customer("The fifth question");
    await customer("The sixth question");
    const li = await desk();
    await li.reads("The fifth question");
    await li.page.locator(".write-text").fill("Half a sentence");
    await li.reads("The sixth question");
    assert.equal(await li.page.locator(".write-text").inputValue(), "");
    await li.reads("The fifth question");
    await li.page.reload();
    await li.page.locator(".write-text").waitFor();
    assert.equal(await li.page.locator(".write-text").inputValue(), "Half a sentence");
    await li.close();
  });

  it("sees a new ticket at once, but no row moves under the pointer", async () => {
    const li = await desk();
    await li.page.locator("a.inbox-row").first().waitFor();
    const rows = await li.page.locator("a.inbox-row").count();
    await li.page.locator(".inbox-list").hover();
    await customer("The seventh question", "major");
    await li.page.locator(".inbox-held").waitFor();
    assert.equal(await li.page.locator("a.inbox-row").count(), rows);
    await li.page.locator(".inbox-head").hover();
    await li.row("The seventh question").waitFor();
    await li.close();
  });

  it("needs no mouse", async () => {
    await customer("The eighth question");
    const li = await desk();
    await li.row("The eighth question").waitFor();
    await li.page.keyboard.press("/");
    await li.page.keyboard.type("eighth");
    await until(async () => (await li.page.locator("a.inbox-row").count()) === 1, "one row to be left");
    await li.page.keyboard.press("Tab");
    await li.page.locator("a.inbox-row").focus();
    await li.page.keyboard.press("Enter");
    await li.page.locator(".pane h2", { hasText: "eighth" }).waitFor();
    await li.page.keyboard.press("p");
    await li.page.locator("dialog[open]").waitFor();
    await li.page.keyboard.press("Escape");
    await until(async () => (await li.page.locator("dialog").count()) === 0, "the dialog to close");
    await li.page.keyboard.press("r");
    await li.page.keyboard.type("r, n, p and s are letters here");
    assert.equal(await li.page.locator(".write-text").inputValue(), "r, n, p and s are letters here");
    assert.equal(await li.page.locator("dialog").count(), 0);
    await li.close();
  });
});

describe("the desk's door", () => {
  it("opens once for a link, and keeps the token out of the address", async () => {
    const link = await product.link("li");
    const li = await agent(link, { locale: "en-GB" });
    await li.page.locator("a.inbox-row").first().waitFor();
    assert.equal(new URL(li.page.url()).hash, "");
    const thief = await agent(link, { locale: "en-GB" });
    await thief.page.getByRole("heading", { name: "This sign-in link was used already." }).waitFor();
    await thief.close();
    await li.page.getByRole("button", { name: "Sign out" }).click();
    await li.page.getByRole("heading", { name: "You are signed out." }).waitFor();
    await li.page.reload();
    await li.page.getByRole("heading", { name: "Open the desk with your sign-in link." }).waitFor();
    await li.close();
  });
});
