import pytest

from handler.web.cards.drawing.canvas import HEIGHT, WIDTH, Canvas, CoverageMask

RAMP = bytes(range(256))
STRIDE = 1 + WIDTH // 2
SQUARE = CoverageMask(0, 0, 2, 2, bytes([1, 2, 3, 4]))


def painted_pixels(canvas: Canvas) -> dict[tuple[int, int], int]:
    """Return the pixels that are not paper, by column and row."""
    scanlines = canvas.scanlines()
    assert len(scanlines) == HEIGHT * STRIDE
    rows = [scanlines[start : start + STRIDE].hex() for start in range(0, HEIGHT * STRIDE, STRIDE)]
    assert {row[:2] for row in rows} == {"00"}
    return {
        (column, number): int(digit, 16)
        for number, row in enumerate(rows)
        for column, digit in enumerate(row[2:])
        if digit != "0"
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


def test_overlapping_masks_keep_the_higher_index() -> None:
    canvas = Canvas()

    canvas.paint(CoverageMask(0, 0, 2, 1, bytes([5, 1])), 0, 0, RAMP)
    canvas.paint(CoverageMask(0, 0, 2, 1, bytes([0, 7])), 0, 0, RAMP)

    assert painted_pixels(canvas) == {(0, 0): 5, (1, 0): 7}


@pytest.mark.parametrize(("x", "y"), [(0, 0), (-1, -1), (WIDTH - 1, HEIGHT - 2)])
def test_mask_taller_than_wide_is_painted_alike(x: int, y: int) -> None:
    canvas = Canvas()
    tall = CoverageMask(0, 0, 2, 3, bytes(range(1, 7)))

    canvas.paint(CoverageMask(0, 0, 1, 1, bytes([9])), x + 1, y + 1, RAMP)
    canvas.paint(tall, x, y, RAMP)

    expected = {(x + n % 2, y + n // 2): n + 1 for n in range(6)} | {(x + 1, y + 1): 9}
    assert painted_pixels(canvas) == {
        (column, row): value
        for (column, row), value in expected.items()
        if 0 <= column < WIDTH and 0 <= row < HEIGHT
    }
