import pytest
from hypothesis import given
from hypothesis import strategies as st

from handler.domain.previews.unfurl.image_info import ImageInfo, sniff_image
from scripts.lib.paths import ROOT
from tests.support.pages import pictures

ICON = ROOT / "templates" / "assets" / "apple-touch-icon.png"

SIZED = {
    "png": pictures.png(1201, 631),
    "jpeg": pictures.jpeg(1201, 631),
    "gif": pictures.gif(1201, 631),
    "webp lossy": pictures.webp("VP8", 1201, 631),
    "webp lossless": pictures.webp("VP8L", 1201, 631),
    "webp extended": pictures.webp("VP8X", 1201, 631),
}


@pytest.mark.parametrize("name", SIZED)
def test_image_size_is_read_from_the_header(name: str) -> None:
    assert sniff_image(SIZED[name]) == ImageInfo(name.split()[0], 1201, 631)


@pytest.mark.parametrize("name", SIZED)
def test_truncated_image_has_no_size(name: str) -> None:
    data = SIZED[name]
    results = [sniff_image(data[:length]) for length in range(len(data))]

    unsized = {None, ImageInfo(name.split()[0])}
    sized = {ImageInfo(name.split()[0], 1201, 631)}
    assert set(results) <= unsized | sized
    assert results[0] is None


def test_real_image_is_read() -> None:
    assert sniff_image(ICON.read_bytes()) == ImageInfo("png", 180, 180)


@pytest.mark.parametrize(
    ("data", "image"),
    [
        pytest.param(b"\0\0\0\x20ftypavif", ImageInfo("avif"), id="avif"),
        pytest.param(b'<?xml version="1.0"?><svg xmlns="">', ImageInfo("svg"), id="svg"),
        pytest.param(b"\xff\xd8\xff\xe1\0\0" * 50, ImageInfo("jpeg"), id="an invalid jpeg"),
        pytest.param(b"<!doctype html>", None, id="a page"),
        pytest.param(b"", None, id="nothing"),
    ],
)
def test_image_without_readable_size_has_a_format(data: bytes, image: ImageInfo | None) -> None:
    assert sniff_image(data) == image


@given(st.sampled_from([*SIZED.values(), b""]), st.binary(max_size=64), st.integers(0, 64))
def test_no_broken_image_raises(data: bytes, noise: bytes, at: int) -> None:
    image = sniff_image(data[:at] + noise + data[at:])

    assert image is None or (image.width >= 0 and image.height >= 0)
