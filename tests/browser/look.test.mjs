// Every accent a tenant may choose gives words that can be read, in light and in dark; and the style
// sheets keep the house's rules.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import { openBrowser } from "./harness.mjs";

const root = new URL("../../", import.meta.url);
const SHEETS = ["widget/styles/tokens.css", "widget/styles/parts.css", "widget/styles/widget.css", "widget/styles/ticket.css", "widget/styles/later.css", "desk/styles/desk.css"];
const ACCENTS = ["#0a6179", "#c8102e", "#00a870", "#ffd400", "#000000", "#ffffff", "#8a2be2", "#7f7f7f", "rebeccapurple"];

/// Words and what they stand on, with the least contrast (WCAG AA: 4.5 for text, 3 for edges).
const PAIRS = [
  ...["--ground", "--surface", "--raised", "--sunken", "--hover"].flatMap((under) => ["--ink", "--ink-2", "--ink-3"].map((ink) => [ink, under, 4.5])),
  ["--on-accent", "--accent-fill", 4.5], ["--on-accent", "--accent-fill-hover", 4.5], ["--accent-ink", "--surface", 4.5],
  ["--accent-ink", "--accent-tint", 4.5], ["--ink", "--accent-tint", 4.5], ["--ink-2", "--accent-tint", 4.5],
  ...["near", "late", "met", "provisional"].map((state) => [`--${state}-ink`, "--surface", 4.5]),
  ...["near", "late", "met"].map((state) => [`--${state}-ink`, `--${state}-tint`, 4.5]),
  ["--late-ink", "--accent-tint", 4.5], ["--near-ink", "--accent-tint", 4.5],
  ["--note-ink", "--note-surface", 4.5], ["--ink", "--note-surface", 4.5], ["--surface", "--note-ink", 4.5],
  ["--line-strong", "--surface", 3],
];

let browser;
let page;
let sheets;

before(async () => {
  sheets = await Promise.all(SHEETS.map(async (path) => [path, await readFile(new URL(path, root), "utf8")]));
  browser = await openBrowser();
  page = await browser.page();
  await page.setContent(`<style>${sheets.map(([, css]) => css).join("")}</style><canvas width="1" height="1"></canvas><p>`);
});
after(() => browser.close());

describe("the colours", () => {
  for (const scheme of ["light", "dark"]) {
    for (const accent of ACCENTS) {
      it(`can be read with the accent ${accent} in ${scheme}`, async () => {
        await page.emulateMedia({ colorScheme: scheme });
        const faint = await page.evaluate(([accent, pairs]) => {
          document.documentElement.style.setProperty("--accent", accent);
          const context = document.querySelector("canvas").getContext("2d", { willReadFrequently: true });
          const probe = document.querySelector("p");
          const luminance = (name) => {
            probe.style.color = `var(${name})`;
            context.fillStyle = getComputedStyle(probe).color;
            context.fillRect(0, 0, 1, 1);
            const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].map((value) => {
              const part = value / 255;
              return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
            });
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const contrast = (one, other) => {
            const [dim, bright] = [luminance(one), luminance(other)].sort((a, b) => a - b);
            return (bright + 0.05) / (dim + 0.05);
          };
          return pairs.map(([ink, under, least]) => [ink, under, least, contrast(ink, under)]).filter(([, , least, found]) => found < least);
        }, [accent, PAIRS]);
        assert.deepEqual(faint.map(([ink, under, least, found]) => `${ink} on ${under}: ${found.toFixed(2)} < ${least}`), []);
      });
    }
  }
});

describe("the style sheets", () => {
  it("overrule nothing by force, and know no left and right", () => {
    for (const [path, css] of sheets) {
      assert.doesNotMatch(css, /!important/, path);
      assert.doesNotMatch(css, /[^-\w](margin|padding|border)-(left|right|top|bottom)\b|[^-\w](left|right|top|bottom|width|height):/, path);
      assert.doesNotMatch(css, /text-align: (left|right)/, path);
    }
  });

  it("use only tokens that exist", () => {
    const all = sheets.map(([, css]) => css).join("");
    const defined = new Set(all.match(/--[\w-]+(?=:)/g));
    const unknown = [...all.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name).filter((name) => !defined.has(name));
    assert.deepEqual(unknown, []);
  });
});
