// Starts the customers' program in its frame. It waits for the one message that embed.js sends, keeps
// from it only what has the right type, and leaves it with the message's port in `__nightbell`, where
// the program looks, beside the words of her language. The program itself is fetched meanwhile. Opened as a page of its own, it starts
// without a message.
//
// Only the page around us can be heard, and the tenant's file says which pages may be around us
// (`frame-ancestors`); whatever else arrives is ignored.

const root = document.documentElement;
const { failed } = root.dataset;
const program = failed ? null : fetchProgram();
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
  run(options).catch(broken);
}

async function run(options) {
  const asked = fetchWords(options.language);
  asked.catch(() => {}); // told below, unless the program is missing as well
  const [glue, module_or_path] = await program;
  globalThis.__nightbell = { options, port, words: await asked };
  await glue.default({ module_or_path });
}

/**
 * The words of the first language that we have words in: the host's, her browser's, the tenant's, English. The page's
 * own guess is on its way already.
 */
async function fetchWords(language) {
  const tags = root.dataset.words.split(" ");
  const base = (tag) => tag.toLowerCase().split("-")[0];
  const match = (wish) => tags.find((tag) => tag.toLowerCase() === wish.toLowerCase()) ?? tags.find((tag) => base(tag) === base(wish));
  const wishes = [language, ...navigator.languages, ...root.dataset.languages.split(" ")].map(match);
  const answer = await fetch(new URL(`words-${wishes.find(Boolean) ?? "en"}.txt`, import.meta.url));
  if (!answer.ok) throw new Error(`no words: ${answer.status}`);
  return answer.text();
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
