// The host's own script: who is looking (?as=vip), and the token that this host's server signs for her.
// `?tenant=` shows the site as another tenant's.
// A real host asks its server in the same way, with the session of its own user.

const tag = document.querySelector("script[data-tenant]");
const asked = new URLSearchParams(location.search);
const who = asked.get("as") ?? "anonymous";

for (const link of document.querySelectorAll("a[data-as]")) {
  link.search = new URLSearchParams({ ...Object.fromEntries(asked), as: link.dataset.as });
  if (link.dataset.as === who) link.setAttribute("aria-current", "true");
}
for (const link of document.querySelectorAll("nav a[href$='.html']")) link.search = location.search;
for (const link of document.querySelectorAll("[data-open-support]")) link.addEventListener("click", openSupport);
if (who !== "anonymous") signIn();

async function signIn() {
  const answer = await fetch(`/token?${asked}`);
  if (!answer.ok) return console.error(`the host gives no token to "${who}": ${answer.status}`);
  const { token } = await answer.json();
  tag.dataset.token = token; // read when the widget is opened
  globalThis.nightbell?.token(token); // and told if it was opened already
}

function openSupport(event) {
  event.preventDefault();
  globalThis.nightbell?.open();
}
