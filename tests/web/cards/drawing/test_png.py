import io

from PIL import Image

from handler.web.cards.drawing.png import encode


def test_pillow_reads_every_pixel_and_color() -> None:
    palette = [(index, 2 * index, 255 - index) for index in range(16)]
    scanlines = bytes.fromhex("000123456789abcdef00fedcba9876543210")

    image = Image.open(io.BytesIO(encode(scanlines, 16, 2, palette)))

    indices = [*range(16), *reversed(range(16))]
    assert (image.format, image.mode, image.size) == ("PNG", "P", (16, 2))
    assert list(image.convert("RGB").tobytes()) == [
        channel for index in indices for channel in palette[index]
    ]
