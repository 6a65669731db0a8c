// The script tag: one button on a host's page and, behind it, one frame on our own origin.
//
//   <script src="https://…/embed.js" data-tenant="hesi" async></script>
//   data-accent  a colour     data-side  "start" or "end"     data-words  words on the button
//   data-language  "zh-CN"    data-token  a token that the host's server signed
//
// Until a click it asks for nothing. It styles itself in a closed shadow root by a constructed style
// sheet, so it passes a policy that forbids inline styles, and neither page reaches into the other. The
// frame gets exactly one message, addressed to our origin; everything else goes over the port in it.
// No message can name another origin, set a session or reach the host's page.
(() => {
  // Two tags make one widget; an element that happens to have this id does not hinder it.
  if (self.nightbell?.token) return;

  const page = document.documentElement;
  const tag = document.currentScript;
  const { tenant, accent, side, words, language = page.lang || navigator.language } = tag.dataset;
  const { origin } = new URL(tag.src);
  // The frame's sandbox keeps the two apart only while their origins differ.
  if (origin == location.origin) return console.error("nightbell: page and embed.js share " + origin);

  // These words travel with the script: before a click there is no second request to fetch others.
  const [support, silent] = /^zh/i.test(language)
    ? ["客户支持", "没能打开，请刷新页面。"]
    : ["Support", "This did not open. Please reload."];
  const label = words || support;
  const address = origin + "/frame/" + tenant;
  const bit = "nightbell:" + tenant;
  // A host may forbid storage: then nothing is remembered, and nothing breaks.
  let store;
  try { store = localStorage; } catch {}

  const make = (name, properties) => Object.assign(document.createElement(name), properties);
  const badge = make("b");
  const button = make("button", { ariaLabel: label, ariaExpanded: false });
  button.append(make("i"), words || "", badge);
  const panel = make("div", { hidden: true });
  const host = make("night-bell");
  const shadow = host.attachShadow({ mode: "closed" });
  const sheet = new CSSStyleSheet();
  // Only `!important` on `:host` wins over what a host page says about every element. The last background
  // that the browser understands counts: the tenant's colour held to a lightness on which white can be
  // read. The bell is a clipped border, since a picture would need the host's leave.
  sheet.replaceSync(`\
:host{all:initial!important}\
button,div{position:fixed;z-index:2147483647;inset-block-end:20px;inset-inline-${side == "start" ? side : "end"}:20px;border:1px solid #8886;border-radius:24px;box-shadow:0 6px 20px #0006;font:500 14px/24px system-ui;color-scheme:light dark}\
button{display:flex;gap:10px;padding:11px;background:#0a6179;background:${accent};background:oklch(from ${accent} min(l,.52) c h);color:#fff;cursor:pointer}\
i{border:12px solid;clip-path:path("M4 16a8 8 0 0 1 16 0zM2 17h20v2H2zM11 4h2v4h-2z")}\
b{position:absolute;inset-block-start:-7px;inset-inline-end:-7px;min-inline-size:24px;border:1px solid #8886;border-radius:24px;background:#fff;color:#000}\
b:empty{display:none}\
div{inset-block-end:80px;border-radius:14px;overflow:hidden;background:Canvas;color:CanvasText}\
iframe{display:block;inline-size:390px;block-size:min(640px,100vh - 100px);border:0}\
p{margin:20px}\
@media(max-width:480px),(max-height:480px){div{inset:0;border:0;border-radius:0}iframe{inline-size:100%;block-size:100%}.live[aria-expanded=true]{display:none}}`);
  shadow.adoptedStyleSheets = [sheet];
  // The button lies over the panel until the frame says something, so a phone can always close it.
  shadow.append(panel, button);

  let frame, port, limit;

  const show = (open) => {
    panel.hidden = !open;
    button.ariaExpanded = open;
    if (open && !frame) load();
    port?.postMessage({ type: open ? "open" : "closed" });
    ((open && frame) || button).focus();
  };

  const fail = (what) => {
    console.error("nightbell: " + what);
    frame = port = null;
    panel.replaceChildren(make("p", { textContent: silent }));
  };

  const load = () => {
    if (!tenant) return fail("data-tenant is missing");
    frame = make("iframe", {
      title: label,
      allow: "",
      referrerPolicy: "strict-origin",
      sandbox: "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads",
      src: address,
      onload: greet,
    });
    panel.replaceChildren(frame);
    // A host that the tenant does not list gets an empty frame and no event: the only sign is silence.
    limit = setTimeout(fail, 15e3, `no word from ${address}: does it list ${location.origin}?`);
  };

  // Each load gets a fresh port; a document of another origin gets nothing.
  const greet = () => {
    const channel = new MessageChannel();
    port = channel.port1;
    port.onmessage = hear;
    const first = { ...tag.dataset, nightbell: 1, language, open: !panel.hidden };
    frame.contentWindow.postMessage(first, origin, [channel.port2]);
    // The focus went to the empty document that was there before.
    if (shadow.activeElement == frame) {
      frame.blur();
      frame.focus();
    }
  };

  const hear = ({ data }) => {
    clearTimeout(limit);
    button.className = "live";
    const { type, n, say, on } = data ?? {};
    if (type == "close") show(false);
    if (type == "bit") store?.setItem(bit, on ? 1 : "");
    if (type == "unread") {
      badge.textContent = n || "";
      button.ariaLabel = n ? label + ", " + (say || n) : label;
    }
  };

  button.onclick = () => show(panel.hidden);
  addEventListener("keydown", ({ key }) => {
    if (key == "Escape" && !panel.hidden) show(false);
  });

  // A page that replaces its <body> keeps the button.
  page.append(host);
  new MutationObserver(() => host.parentNode || page.append(host)).observe(page, { childList: true });

  // For pages that learn who their visitor is only later, or have a link of their own.
  self.nightbell = {
    open: () => show(true),
    token(token) {
      tag.dataset.token = token;
      port?.postMessage({ type: "token", token });
    },
  };

  // Something unsent or a ticket waits in this browser: load quietly, so that it leaves and the badge is true.
  if (store?.getItem(bit)) (self.requestIdleCallback || setTimeout)(() => frame || load());
})();
