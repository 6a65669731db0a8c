// A single-page app as hosts write them: addresses change without a load, and a whole new <body> may
// take the place of the old one. The widget has to live through both.

const views = {
  "/reports": ["报销单", [["BX-20260928-0031", "差旅", "审批中", "¥3,482.00"], ["BX-20260927-0012", "招待", "发票验真中", "¥860.00"], ["BX-20260921-0007", "办公", "已付款", "¥219.50"]]],
  "/invoices": ["发票", [["3100261430", "增值税专用发票", "已验真", "¥12,400.00"], ["3100261499", "电子普通发票", "重复", "¥86.00"]]],
  "/budget": ["预算", [["市场部", "第三季度", "剩余 38%", "¥412,000.00"], ["研发部", "第三季度", "剩余 61%", "¥908,000.00"]]],
};

function path() {
  return location.hash.slice(1) || "/reports";
}

function show(view) {
  const [title, rows] = views[view] ?? views["/reports"];
  document.getElementById("title").textContent = title;
  document.getElementById("rows").replaceChildren(...rows.map(row));
  for (const link of document.querySelectorAll(".app nav a")) {
    if (link.hash === `#${view}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

function row(cells) {
  const line = document.createElement("tr");
  line.append(...cells.map((text) => Object.assign(document.createElement("td"), { textContent: text })));
  return line;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest(".app nav a");
  if (link) {
    event.preventDefault();
    history.pushState(null, "", `${location.pathname}${location.search}${link.hash}`);
    show(path());
  }
  if (event.target.closest("#replace")) replaceBody();
});
addEventListener("popstate", () => show(path()));

function replaceBody() {
  const fresh = document.createElement("body");
  fresh.append(...[...document.body.cloneNode(true).childNodes].filter((node) => node.nodeName !== "SCRIPT"));
  document.body.replaceWith(fresh);
  show(path());
}

show(path());
