"""How the text of a page lies in a browser: what is cut, overlaps, or is broken inside a number."""

from typing import NamedTuple

from playwright.sync_api import Page

# Rows that are not on the screen are laid out too, and what is folded is opened.
_SHOW_ALL = """() => {
  for (const part of document.querySelectorAll("details")) part.open = true;
  for (const row of document.querySelectorAll("tr")) row.style.contentVisibility = "visible";
}"""

# Text in `pre` and `.scroll` can be scrolled to. Previews (`.card`) cut their text as apps do.
_LAYOUT = r"""() => {
  const SKIPPED = "script, style, svg, select, datalist, .skip, .card";
  const texts = [], cut = [], overlapping = [], broken = [];
  const range = document.createRange();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const shown = (rects) => [...rects].filter((one) => one.width > 1 && one.height > 1);
  const brief = (node) => node.data.trim().slice(0, 40);
  const ancestors = (one) => one === document.body ? [] : [one, ...ancestors(one.parentElement)];

  for (let node; (node = walker.nextNode()); ) {
    const around = ancestors(node.parentElement);
    const isHidden = around.some((one) => getComputedStyle(one).clipPath !== "none");
    if (!node.data.trim() || isHidden || node.parentElement.closest(SKIPPED)) continue;
    if (!node.parentElement.checkVisibility()) continue;
    range.selectNodeContents(node);
    const rects = shown(range.getClientRects());
    const scroller = node.parentElement.closest("pre, .scroll");
    if (!scroller) {
      texts.push(...rects.map((rect) => [rect, node]));
      const cuts = (one) => ["hidden", "clip"].includes(getComputedStyle(one).overflowX);
      const boxes = around.filter(cuts);
      const edges = [innerWidth, ...boxes.map((one) => one.getBoundingClientRect().right)];
      if (rects.some((rect) => rect.right > Math.min(...edges) + 1)) cut.push(brief(node));
    }
    if (node.parentElement.closest("code, pre")) continue;
    for (const number of node.data.matchAll(/[$−+]?\d[\d.,]*%?/g)) {
      range.setStart(node, number.index);
      range.setEnd(node, number.index + number[0].length);
      const lines = new Set(shown(range.getClientRects()).map((rect) => Math.round(rect.top)));
      if (lines.size > 1) broken.push(number[0]);
    }
  }
  texts.sort(([one], [other]) => one.top - other.top);
  texts.forEach(([upper, node], place) => {
    for (const [lower, other] of texts.slice(place + 1)) {
      if (lower.top >= upper.bottom) break;
      const width = Math.min(upper.right, lower.right) - Math.max(upper.left, lower.left);
      const height = Math.min(upper.bottom, lower.bottom) - lower.top;
      const isOver = width > 2 && height > 0.3 * Math.min(upper.height, lower.height);
      if (node !== other && isOver) overlapping.push(`${brief(node)} / ${brief(other)}`);
    }
  });
  const sideways = Math.max(0, document.documentElement.scrollWidth - innerWidth);
  return [sideways, cut, overlapping, broken];
}"""


class TextLayout(NamedTuple):
    """How far a page scrolls sideways, in pixels, and the texts that cannot be read."""

    sideways: int = 0
    cut: tuple[str, ...] = ()
    overlapping: tuple[str, ...] = ()
    broken_numbers: tuple[str, ...] = ()


def text_layout(page: Page) -> TextLayout:
    """Return how the text of a page lies, with everything opened."""
    page.evaluate(_SHOW_ALL)
    sideways, *texts = page.evaluate(_LAYOUT)
    return TextLayout(sideways, *map(tuple, texts))
