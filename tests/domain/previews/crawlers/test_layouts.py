import pytest

from handler.domain.previews.crawlers.crawlers import PREVIEW_CRAWLERS
from handler.domain.previews.crawlers.layouts import LAYOUTS, PreviewLayout, crop_size
from handler.domain.previews.unfurl.image_info import ImageInfo

CARD = ImageInfo("png", 1200, 630)


def test_every_layout_belongs_to_a_crawler_and_has_a_title() -> None:
    names = [layout.crawler for layout in LAYOUTS]

    assert len(set(names)) == len(names) == 11
    assert set(names) <= {crawler.name for crawler in PREVIEW_CRAWLERS}
    assert all({"image", "title"} <= set(layout.parts) for layout in LAYOUTS)


def test_layout_shows_only_what_the_crawler_reads() -> None:
    without = {crawler.name for crawler in PREVIEW_CRAWLERS if not crawler.tags.description}

    assert [one.crawler for one in LAYOUTS if one.crawler in without] == ["imessage"]
    assert not [one for one in LAYOUTS if one.crawler in without and "description" in one.parts]


@pytest.mark.parametrize(
    ("ratio", "image", "size"),
    [
        (None, CARD, (1200, 630)),
        ((191, 100), CARD, (1200, 628)),
        ((2, 1), CARD, (1200, 600)),
        ((1, 1), CARD, (630, 630)),
        ((2, 1), ImageInfo("png", 400, 400), (400, 200)),
        ((2, 1), ImageInfo("png", 900, 300), (600, 300)),
        ((2, 1), ImageInfo("avif"), (0, 0)),
    ],
)
def test_image_is_cropped_to_the_ratio_of_the_frame(
    ratio: tuple[int, int] | None, image: ImageInfo, size: tuple[int, int]
) -> None:
    assert crop_size(image, PreviewLayout("x", ("image",), ratio)) == size
