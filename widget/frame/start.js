// Starts the customers' program in its frame. It waits for the one message that embed.js sends, keeps
// from it only what has the right type, and leaves it with the message's port in `__nightbell`, where
// the program looks. The program itself is fetched meanwhile. Opened as a page of its own, it starts
// without a message.
//
// Only the page around us can be heard, and the tenant's file says which pages may be around us
// (`frame-ancestors`); whatever else arrives is ignored.

const root = document.documentElement;
const { failed } = root.dataset;
const tenant = location.pathname.split("/").filter(Boolean).pop();
const program = failed ? null : fetchProgram();
const kept = failed ? null : lookAtStore();
let port = null;

addEventListener("message", hear);
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented) leave();
});
document.getElementById("close")?.addEventListener("click", leave);
document.getElementById("again")?.addEventListener("click", () => location.reload());
if (parent === window) start({ open: true });

function hear(event) {
  const { source, data, ports } = event;
  if (source !== parent || data?.nightbell !== 1 || ports.length !== 1) return;
  removeEventListener("message", hear);
  port = ports[0];
  start(data);
}

function start(data) {
  const options = {
    language: text(data.language, 64) || navigator.language,
    accent: text(data.accent, 64),
    side: data.side === "start" ? "start" : "end",
    words: text(data.words, 64),
    token: text(data.token, 8192) || null,
    open: data.open === true,
  };
  root.lang = options.language;
  if (CSS.supports("color", options.accent)) root.style.setProperty("--accent", options.accent);
  if (failed) return fail(failed);
  const hello = options.open && !options.token ? greet() : null;
  hello?.catch(() => {}); // the program tells, and asks again
  // Some browsers check no signatures: this loads what does, from another address on each new try.
  const ed25519 = (another) => import(`./ed25519.js${another}`);
  globalThis.__nightbell = { options, port, kept, hello, dress, ed25519 };
  program.then(([glue, module_or_path]) => glue.default({ module_or_path })).catch(broken);
}

/** What is not text, or longer than any true value, counts as not given. */
function text(value, most) {
  return typeof value === "string" && value.length <= most ? value : "";
}

function fetchProgram() {
  const wasm = new URL("widget_bg.wasm", import.meta.url);
  const parts = Promise.all([import("./widget.js"), WebAssembly.compileStreaming(fetch(wasm))]);
  parts.catch(() => {}); // told once the program should start
  return parts;
}

/** Whether this browser keeps anything of hers: "none", "some", or "refused". */
function lookAtStore() {
  return new Promise((tell, refuse) => {
    const opening = indexedDB.open(`nightbell/${tenant}`, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("kept");
    opening.onerror = refuse;
    opening.onsuccess = () => {
      const store = opening.result;
      const counting = store.transaction("kept").objectStore("kept").count();
      counting.onerror = refuse;
      counting.onsuccess = () => {
        store.close();
        tell(counting.result ? "some" : "none");
      };
    };
  }).catch(() => "refused");
}

/** What is open, for a visitor of whom nothing is known: asked while the program is still on its way. */
async function greet() {
  if ((await kept) === "some") return null;
  const zone = encodeURIComponent(Intl.DateTimeFormat().resolvedOptions().timeZone ?? "Etc/UTC");
  const answer = await fetch(`/v1/${tenant}/hello?zone=${zone}`, { headers: { accept: "application/vnd.nightbell" } });
  if (!answer.ok) return null;
  const at = performance.now();
  return { at, bytes: new Uint8Array(await answer.arrayBuffer()) };
}

/** Loads the styles of what comes later in the program. */
function dress() {
  return new Promise((done, missing) => {
    const link = document.createElement("link");
    const onerror = () => missing(link.remove());
    Object.assign(link, { rel: "stylesheet", href: new URL("later.css", import.meta.url), onload: done, onerror });
    document.head.append(link);
  });
}

function broken(fault) {
  document.getElementById("broken")?.removeAttribute("hidden");
  document.getElementById("waiting")?.remove();
  fail(String(fault));
}

function fail(why) {
  console.error(`nightbell: ${location.pathname}: ${why}`);
  port?.postMessage({ type: "failed", why });
}

function leave() {
  port?.postMessage({ type: "close" });
}
