"""The picture of a shared link: a PNG of 1200 by 630 pixels.

`face` says what a card shows and has the hash that stands in its address; `model_face`,
`compare_face` and `site_faces` make faces from models and plain values. They are light: a page
names its card without drawing it. `drawing.draw` turns a face into bytes, and is imported when a
card is asked for. Below it `layout` decides what stands where, `typesetting` breaks and shapes
text (in the reading order of `bidi`, in the `fonts` that have its glyphs), `burgees` has the
flags, and `canvas` the pixels, which `png` writes. HarfBuzz shapes and rasterises, so that a card
does not depend on what else a machine has installed.
"""
