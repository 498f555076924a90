import pytest

from handler.web.cards.drawing.canvas import HEIGHT, WIDTH, Canvas, CoverageMask

INK = bytes(range(256))
SQUARE = CoverageMask(0, 0, 2, 2, bytes([1, 2, 3, 4]))


def painted(canvas: Canvas) -> dict[tuple[int, int], int]:
    """Return the pixels that are not paper, by column and row."""
    return {
        (index % WIDTH, index // WIDTH): value for index, value in enumerate(canvas.pixels) if value
    }


def test_a_shape_is_painted_relative_to_its_origin() -> None:
    canvas = Canvas()

    canvas.paint(CoverageMask(-1, -2, 2, 2, SQUARE.coverage), 10, 20, INK)

    assert painted(canvas) == {(9, 18): 1, (10, 18): 2, (9, 19): 3, (10, 19): 4}


@pytest.mark.parametrize(
    ("x", "y", "seen"),
    [
        (-1, 0, {(0, 0): 2, (0, 1): 4}),
        (0, -1, {(0, 0): 3, (1, 0): 4}),
        (WIDTH - 1, HEIGHT - 1, {(WIDTH - 1, HEIGHT - 1): 1}),
        (WIDTH, 0, {}),
        (0, HEIGHT, {}),
        (-9, -9, {}),
    ],
)
def test_what_lies_outside_is_cut_and_never_comes_in_on_the_other_side(
    x: int, y: int, seen: dict[tuple[int, int], int]
) -> None:
    canvas = Canvas()

    canvas.paint(SQUARE, x, y, INK)

    assert painted(canvas) == seen
    assert len(canvas.pixels) == WIDTH * HEIGHT


def test_paper_around_a_letter_does_not_cover_its_neighbour() -> None:
    canvas = Canvas()

    canvas.paint(CoverageMask(0, 0, 2, 1, bytes([5, 1])), 0, 0, INK)
    canvas.paint(CoverageMask(0, 0, 2, 1, bytes([0, 7])), 0, 0, INK)

    assert painted(canvas) == {(0, 0): 5, (1, 0): 7}
