// A customer without a browser: she asks, and may go on writing.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";

/** A UUID of version 7, as programs make their ids. */
function id() {
  const bytes = randomBytes(16);
  bytes[6] = 0x70 | (bytes[6] & 15);
  bytes[8] = 0x80 | (bytes[8] & 63);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** Somebody who writes to the demo tenant; `asks` opens a ticket of hers. */
export async function stranger(product) {
  const ask = async (path, body, bearer) => {
    const headers = { "Content-Type": "application/json", Origin: product.edge, ...(bearer && { Authorization: `Bearer ${bearer}` }) };
    const answer = await fetch(`${product.edge}/v1/hesi/${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    assert.ok(answer.ok, `${path}: ${answer.status}`);
    return answer.json();
  };
  const { bearer } = await ask("customers", { token: null });
  return {
    async asks(text, { severity = "general" } = {}) {
      const ticket = id();
      const asked = { id: ticket, channel: "chat", severity, text, contact: "li@yunshan.example", name: "王丽华", language: "zh-CN", zone: "Asia/Shanghai" };
      await ask("tickets", asked, bearer);
      return { ticket, writes: (text) => ask(`tickets/${ticket}/messages`, { id: id(), text }, bearer) };
    },
  };
}
