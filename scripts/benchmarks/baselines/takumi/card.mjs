// Draws cards with takumi: one line of JSON in for each card content, one line out with milliseconds
// and bytes of PNG. Fonts are registered once, and the output has its default format and quality.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { Renderer } from "@takumi-rs/core";
import { container, text } from "@takumi-rs/helpers";

const require = createRequire(import.meta.url);
const renderer = new Renderer();
for (const [name, file, weight] of [
  ["serif", "source-serif-4/files/source-serif-4-latin-700-normal.woff", 700],
  ["sans", "libre-franklin/files/libre-franklin-latin-500-normal.woff", 500],
  ["sans", "libre-franklin/files/libre-franklin-latin-600-normal.woff", 600],
]) {
  await renderer.registerFont({ name, weight, data: readFileSync(require.resolve(`@fontsource/${file}`)) });
}
const box = (style, ...children) =>
  container({
    style: { display: "flex", ...style },
    children: children.map((child) => (typeof child === "string" ? text(child) : child)),
  });
const column = (style, ...children) => box({ flexDirection: "column", ...style }, ...children);

function tree(content) {
  const identicon = box({ width: 168, height: 84, backgroundColor: "#0f3d57" });
  const stat = ({ label, value, unit }) =>
    column({}, box({ fontSize: 30 }, label), box({ fontSize: 80, fontWeight: 600 }, value + unit));
  return box(
    {
      width: 1200, height: 630, backgroundColor: "#fdfcf9", color: "#16222b",
      fontFamily: "sans", fontWeight: 500,
    },
    box({ width: 8, height: 630, marginLeft: 60, backgroundColor: "#0f3d57" }),
    column(
      { padding: "48px 64px 40px 0", flexGrow: 1, justifyContent: "space-between" },
      box({ justifyContent: "space-between", alignItems: "center" },
        box({ alignItems: "center", gap: 24, fontSize: 42, fontWeight: 600 }, identicon, content.kicker),
        box({ fontSize: 34, color: "#0f3d57" }, content.badge)),
      box({ paddingLeft: 52, fontFamily: "serif", fontWeight: 700, fontSize: 88 }, content.title),
      box({ marginLeft: 52, height: 2, backgroundColor: "#c9d1d6" }),
      box({ paddingLeft: 52, justifyContent: "space-between" }, ...content.stats.map(stat)),
      box({ paddingLeft: 52, justifyContent: "space-between", fontSize: 30 },
        content.footnote, box({ fontWeight: 600 }, content.site)),
    ),
  );
}

for await (const line of createInterface({ input: process.stdin })) {
  const content = JSON.parse(line);
  const started = performance.now();
  const png = await renderer.render(tree(content), { width: 1200, height: 630 });
  console.log(JSON.stringify([performance.now() - started, png.length]));
}
