// The whole product at a chosen moment, started as a developer starts it: `cargo xtask dev --json --at …`,
// with data and ports of its own. What the last build left is run, so that a start takes seconds.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const XTASK = process.env.NB_XTASK ?? join(resolve(root, process.env.CARGO_TARGET_DIR ?? "target"), "debug/xtask");

/** Starts the product with its clock at `instant`; `{ edge, host, desk, receiver }` are addresses. */
export async function startAt(instant) {
  if (!existsSync(XTASK)) throw new Error(`${XTASK} is missing: run these tests by \`cargo xtask test\``);
  const data = await mkdtemp(join(tmpdir(), "nightbell-journey-"));
  const options = ["--json", "--as-built", "--at", instant, "--data", data, "--port", String(await threePorts())];
  const xtask = spawn(XTASK, ["dev", ...options], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  const ended = once(xtask, "exit");
  process.once("exit", () => xtask.kill("SIGINT")); // also when a test is cut short
  let told = "";
  xtask.stderr.on("data", (text) => (told += text));
  const lines = createInterface({ input: xtask.stdout });
  const line = await Promise.race([once(lines, "line"), ended.then(() => null)]);
  if (!line) throw new Error(`the product did not start at ${instant}:\n${told}`);
  const addresses = JSON.parse(line[0]);
  return {
    ...addresses,
    /** A fresh sign-in link into the demo tenant's desk. */
    link: (agent) => signInLink(addresses.edge, data, agent),
    /** What goes wrong at the edge from now on; nothing, without an argument. */
    async break(faults = {}) {
      const answer = await fetch(`${addresses.edge}/test/faults`, { method: "POST", body: JSON.stringify(faults) });
      if (!answer.ok) throw new Error(`the edge took no faults: ${await answer.text()}`);
    },
    /** What the edge does each minute. */
    tick: () => fetch(`${addresses.edge}/test/sweep`, { method: "POST" }),
    /** What the receiver of webhooks heard, newest first. */
    rings: async () => (await fetch(`${addresses.receiver}/rings`)).json(),
    async stop() {
      xtask.kill("SIGINT");
      await ended;
      await rm(data, { recursive: true, force: true });
    },
  };
}

async function signInLink(edge, data, agent) {
  const { NIGHTBELL_OPERATOR: operator } = JSON.parse(await readFile(join(data, "secrets.json"), "utf8"));
  const answer = await fetch(`${edge}/admin/tenants/hesi/sign-ins`, {
    method: "POST",
    headers: { Authorization: `Bearer ${operator}`, "Content-Type": "application/json" },
    body: JSON.stringify({ agent }),
  });
  if (!answer.ok) throw new Error(`no sign-in link for ${agent}: ${answer.status} ${await answer.text()}`);
  return edge + (await answer.json()).path;
}

/** The first of three ports in a row that nobody uses. */
async function threePorts() {
  for (;;) {
    const first = await free(0);
    const others = first && first < 65000 && (await free(first + 1)) && (await free(first + 2));
    if (others) return first;
  }
}

async function free(port) {
  const server = createServer();
  const listening = once(server, "listening");
  server.listen(port, "127.0.0.1");
  const found = await listening.then(() => server.address().port, () => null);
  if (found) await new Promise((closed) => server.close(closed));
  return found;
}
