// Runs the edge on this machine: wrangler reads the configuration that is deployed, miniflare runs it in
// workerd. (`wrangler dev` would put a second runtime in front, and restart this one when a file changes.)
//
// The first line on stdin says what to run: { config, port, keep, variables }. When stdin ends, because
// whoever started us has ended in whatever way, so do we.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { unstable_getMiniflareWorkerOptions as read } from "wrangler";

// The version of miniflare that this wrangler was made for.
const { Miniflare } = createRequire(createRequire(import.meta.url).resolve("wrangler"))("miniflare");

const input = createInterface({ input: process.stdin });
const { config, port, keep, variables } = JSON.parse((await input[Symbol.asyncIterator]().next()).value);
const { workerOptions, externalWorkers } = read(config);
const folder = dirname(config);

const miniflare = new Miniflare({
  host: "127.0.0.1",
  port,
  cf: false,
  telemetry: { enabled: false },
  defaultPersistRoot: keep,
  unsafeTriggerHandlers: true, // GET /cdn-cgi/handler/scheduled
  logRequests: false,
  workers: [
    {
      ...workerOptions,
      name: "nightbell",
      modulesRoot: folder,
      modules: [
        { type: "ESModule", path: join(folder, "edge.js") },
        { type: "CompiledWasm", path: join(folder, "edge_bg.wasm") },
      ],
      bindings: { ...workerOptions.bindings, ...variables },
      // The tick goes to the worker itself: miniflare's assets layer does not pass it on.
      routes: ["*/cdn-cgi/*"],
    },
    ...externalWorkers,
  ],
});

const end = async () => {
  await miniflare.dispose();
  process.exit(0);
};
input.on("close", end);
process.on("SIGTERM", end);
await miniflare.ready;
