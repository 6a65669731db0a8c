// Starts the customers' program in its frame. It waits for the one message that embed.js sends, keeps
// from it only what has the right type, and leaves it with the message's port in `__nightbell`, where
// the program looks. Meanwhile it fetches the program, and asks what the program would ask first. Opened
// as a page of its own, it starts without a message.
//
// Only the page around us can be heard, and the tenant's file says which pages may be around us
// (`frame-ancestors`); whatever else arrives is ignored.

const root = document.documentElement;
const { failed } = root.dataset;
const tenant = location.pathname.split("/").filter(Boolean).pop();
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "Etc/UTC";
const program = failed ? null : fetchProgram();
const kept = failed ? null : lookAtStore();
const hello = failed ? null : greet();
hello?.catch(() => {}); // the program tells, and asks again
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
  const accent = text(data.accent, 64);
  const language = text(data.language, 64) || navigator.language;
  const token = text(data.token, 8192);
  const open = data.open === true;
  root.lang = language;
  if (CSS.supports("color", accent)) root.style.setProperty("--accent", accent);
  if (failed) return fail(failed);
  const languages = [language, ...navigator.languages];
  run(languages, { tenant, zone, languages, token, open, port, kept, hello: open && !token && hello }).catch(broken);
}

/** What is not text, or longer than any true value, counts as not given. */
function text(value, most) {
  return typeof value === "string" && value.length <= most ? value : "";
}

async function run(languages, handed) {
  const tag = tongue([...languages, ...root.dataset.languages.split(" ")]);
  const words = fetchText(`words-${tag}.txt`);
  words.catch(() => {}); // told below, unless the program is missing as well
  const [glue, module] = await program;
  // Some browsers check no signatures: this loads what does, from another address on each new try.
  const ed25519 = (another) => import(`./ed25519.js${another}`);
  globalThis.__nightbell = { ...handed, words: await words, beside: () => beside(tag), ed25519 };
  glue.default({ module });
}

function fetchProgram() {
  const wasm = fetch(new URL("widget_bg.wasm", import.meta.url));
  const parts = Promise.all([import("./widget.js"), WebAssembly.compileStreaming(wasm)]);
  parts.catch(() => {}); // told once the program should start
  return parts;
}

/** The first of these languages that we have words in, or English. The page has guessed it, and preloads the words. */
function tongue(wishes) {
  const tags = root.dataset.words.split(" ");
  const base = (tag) => tag.toLowerCase().split("-")[0];
  const match = (wish) => tags.find((tag) => tag.toLowerCase() === wish.toLowerCase()) ?? tags.find((tag) => base(tag) === base(wish));
  return wishes.map(match).find(Boolean) ?? "en";
}

async function fetchText(file) {
  const answer = await fetch(new URL(file, import.meta.url));
  if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
  return answer.text();
}

/** What belongs to the later part of the program: loads the styles of its views, and answers with their words. */
function beside(tag) {
  const styles = new Promise((done, missing) => {
    const link = document.createElement("link");
    const onerror = () => missing(link.remove());
    Object.assign(link, { rel: "stylesheet", href: new URL("later.css", import.meta.url), onload: done, onerror });
    document.head.append(link);
  });
  const both = Promise.all([fetchText(`later-${tag}.txt`), styles]).then(([words]) => words);
  both.catch(() => {}); // the program hears it when it asks
  return both;
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

/** What is open, for a visitor of whom nothing is known. */
async function greet() {
  if ((await kept) === "some") return null;
  const answer = await fetch(`/v1/${tenant}/hello?zone=${encodeURIComponent(zone)}`, { headers: { accept: "application/vnd.nightbell" } });
  if (!answer.ok) return null;
  const at = performance.now();
  return { at, bytes: new Uint8Array(await answer.arrayBuffer()) };
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
