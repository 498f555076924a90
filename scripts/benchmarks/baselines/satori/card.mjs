// Draws cards as satori and resvg-js do: the content of a card as JSON on each line of input, and on
// each line of output the milliseconds it took, and the bytes of the PNG.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { Resvg } from "@resvg/resvg-js";
import satori from "satori";

const require = createRequire(import.meta.url);
const font = (name, file, weight) =>
  ({ name, weight, data: readFileSync(require.resolve(`@fontsource/${file}`)) });
const fonts = [
  font("serif", "source-serif-4/files/source-serif-4-latin-700-normal.woff", 700),
  font("sans", "libre-franklin/files/libre-franklin-latin-500-normal.woff", 500),
  font("sans", "libre-franklin/files/libre-franklin-latin-600-normal.woff", 600),
];
const box = (style, ...children) =>
  ({ type: "div", props: { style: { display: "flex", ...style }, children } });
const column = (style, ...children) => box({ flexDirection: "column", ...style }, ...children);

function tree(content) {
  const flag = box({ width: 168, height: 84, backgroundColor: "#0f3d57" });
  const stat = ({ label, value, unit }) =>
    column({}, box({ fontSize: 30 }, label), box({ fontSize: 80, fontWeight: 600 }, value + unit));
  return box(
    { width: 1200, height: 630, backgroundColor: "#fdfcf9", color: "#16222b", fontFamily: "sans" },
    box({ width: 8, height: 630, marginLeft: 60, backgroundColor: "#0f3d57" }),
    column(
      { padding: "48px 64px 40px 0", flexGrow: 1, justifyContent: "space-between" },
      box({ justifyContent: "space-between", alignItems: "center" },
        box({ alignItems: "center", gap: 24, fontSize: 42, fontWeight: 600 }, flag, content.kicker),
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
  const svg = await satori(tree(content), { width: 1200, height: 630, fonts });
  const png = new Resvg(svg).render().asPng();
  console.log(JSON.stringify([performance.now() - started, png.length]));
}
