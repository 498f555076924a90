import pytest

from handler.web.cards.drawing.canvas import HEIGHT, WIDTH, Canvas, CoverageMask

RAMP = bytes(range(256))
SQUARE = CoverageMask(0, 0, 2, 2, bytes([1, 2, 3, 4]))


def painted_pixels(canvas: Canvas) -> dict[tuple[int, int], int]:
    """Return the pixels that are not paper, by column and row."""
    return {
        (index % WIDTH, index // WIDTH): value for index, value in enumerate(canvas.pixels) if value
    }


def test_mask_is_painted_relative_to_its_origin() -> None:
    canvas = Canvas()

    canvas.paint(CoverageMask(-1, -2, 2, 2, SQUARE.coverage), 10, 20, RAMP)

    assert painted_pixels(canvas) == {(9, 18): 1, (10, 18): 2, (9, 19): 3, (10, 19): 4}


@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [
        (-1, 0, {(0, 0): 2, (0, 1): 4}),
        (0, -1, {(0, 0): 3, (1, 0): 4}),
        (WIDTH - 1, HEIGHT - 1, {(WIDTH - 1, HEIGHT - 1): 1}),
        (WIDTH, 0, {}),
        (0, HEIGHT, {}),
        (-9, -9, {}),
    ],
)
def test_mask_is_clipped_at_the_edges_and_never_wraps(
    x: int, y: int, expected: dict[tuple[int, int], int]
) -> None:
    canvas = Canvas()

    canvas.paint(SQUARE, x, y, RAMP)

    assert painted_pixels(canvas) == expected
    assert len(canvas.pixels) == WIDTH * HEIGHT


def test_overlapping_masks_keep_the_higher_index() -> None:
    canvas = Canvas()

    canvas.paint(CoverageMask(0, 0, 2, 1, bytes([5, 1])), 0, 0, RAMP)
    canvas.paint(CoverageMask(0, 0, 2, 1, bytes([0, 7])), 0, 0, RAMP)

    assert painted_pixels(canvas) == {(0, 0): 5, (1, 0): 7}
