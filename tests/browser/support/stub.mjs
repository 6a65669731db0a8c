// A stand-in for the running product, for the tests of what surrounds the programs: an edge on
// 127.0.0.1 with an empty program in the frame, and the demo host on localhost. With NB_EDGE and NB_HOST
// set, the tests speak to the real ones instead.

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { transform } from "esbuild";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const TYPES = { html: "text/html", js: "text/javascript", css: "text/css", svg: "image/svg+xml", wasm: "application/wasm", txt: "text/plain" };

/// The least that a frame's program does: it says that it is there, and closes when it is told to.
const PROGRAM = `export default async function () {
  const { port } = globalThis.__nightbell;
  document.getElementById("app").replaceChildren(Object.assign(document.createElement("button"), { textContent: "stub", id: "stub" }));
  port?.postMessage({ type: "ready" });
}`;

export async function openProduct() {
  if (process.env.NB_EDGE && process.env.NB_HOST) {
    return { edge: process.env.NB_EDGE, host: process.env.NB_HOST, real: true, close() {} };
  }
  const base = Number(process.env.NB_PORT ?? 18200);
  const edge = `http://127.0.0.1:${base}`;
  const host = `http://localhost:${base + 1}`;
  const servers = [await listen(base, "127.0.0.1", edgeAnswers(host)), await listen(base + 1, "localhost", hostAnswers(edge))];
  return { edge, host, real: false, close: () => servers.forEach((server) => server.close().closeAllConnections()) };
}

export async function launcherScript() {
  const { code } = await transform(await text("widget/embed.js"), { minify: true, charset: "utf8", target: "es2022" });
  return code;
}

function text(path) {
  return readFile(root + path, "utf8");
}

function listen(port, name, answer) {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, "http://any").pathname;
    const { status = 200, type, headers = {}, body } = await answer(path, request).catch(() => ({ status: 404, type: "html", body: "" }));
    response.writeHead(status, { "Content-Type": `${TYPES[type]}; charset=utf-8`.replace(/(wasm);.*/, "$1"), ...headers }).end(body);
  });
  return new Promise((resolve, reject) => server.once("error", reject).listen(port, name, () => resolve(server)));
}

const POLICY = [
  "default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "connect-src 'self'", "img-src 'self' data: blob:", "style-src 'self'",
  "base-uri 'none'", "form-action 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'",
].join("; ");

function edgeAnswers(host) {
  const page = async (path, words, ancestors) => {
    const icons = await text("widget/icons.svg");
    const fill = (name) => ({ ICONS: icons, LANGUAGE: "en", WORDS: "en zh-CN", LANGUAGES: "zh-CN en", CLOSE: "Close", NAME: "Hesi", ERROR: "", RETRY: "", ...words })[name];
    const body = (await text(path)).replace(/\{\{(\w+)\}\}/g, (_, name) => fill(name));
    return { type: "html", headers: { "Content-Security-Policy": `${POLICY}; frame-ancestors ${ancestors}`, "Referrer-Policy": "no-referrer" }, body };
  };
  return async (path) => {
    if (path === "/embed.js") {
      const headers = { "Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin" };
      return { type: "js", headers, body: await launcherScript() };
    }
    if (path === "/frame/hesi") return page("widget/frame/index.html", {}, host);
    if (path.startsWith("/frame/")) {
      const words = { SENTENCE: `There is no support desk with this name: “${path.slice(7)}”` };
      return { ...(await page("widget/frame/unknown.html", words, "*")), status: 404 };
    }
    if (path === "/a/widget/start.js") return { type: "js", body: await text("widget/frame/start.js") };
    if (path === "/a/widget/widget.js") return { type: "js", body: PROGRAM };
    if (path === "/a/widget/widget_bg.wasm") return { type: "wasm", body: Buffer.from("0061736d01000000", "hex") };
    if (/^\/a\/widget\/(words|later)-/.test(path)) return { type: "txt", body: "" };
    const sheets = await Promise.all(["tokens", "parts", "widget"].map((name) => text(`widget/styles/${name}.css`)));
    if (path === "/a/widget/widget.css") return { type: "css", body: sheets.join("") };
    return { status: 404, type: "html", body: "" };
  };
}

function hostAnswers(edge) {
  return async (path) => {
    const file = path === "/" ? "index.html" : path.slice(1);
    if (file === "token") return { type: "js", body: '{"token":"a.b.c"}' };
    const [, type] = /^[a-z]+\.(html|js|css|svg)$/.exec(file);
    const raw = await text(`widget/host/${file}`);
    if (type !== "html") return { type, body: raw };
    const nonce = createHash("sha256").update(String(Math.random())).digest("base64");
    const integrity = `sha384-${createHash("sha384").update(await launcherScript()).digest("base64")}`;
    const body = raw.replaceAll("{{EDGE}}", edge).replaceAll("{{TENANT}}", "hesi").replaceAll("{{NONCE}}", nonce).replaceAll("{{INTEGRITY}}", integrity);
    const policy = `default-src 'none'; script-src 'nonce-${nonce}' 'strict-dynamic'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src ${edge}; base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'; trusted-types 'none'`;
    return { type, headers: file === "index.html" ? { "Content-Security-Policy": policy } : {}, body };
  };
}
