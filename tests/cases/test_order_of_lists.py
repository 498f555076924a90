"""Lists that are merged in any order tell the history of their dates."""

from datetime import UTC, datetime
from functools import cache
from itertools import permutations
from typing import Any

import pytest

from tests.support.records_as_listed import listed, others, per_token
from tests.support.refreshed_site import RefreshedSite

MODEL = "acme/gone"
JANUARY, FEBRUARY, MARCH = (datetime(2026, month, 1, tzinfo=UTC) for month in (1, 2, 3))
LISTS = {
    JANUARY: [*others(8), listed(MODEL, per_token("1", "1"))],
    FEBRUARY: [*others(8), listed(MODEL, per_token("2", "2"))],
    MARCH: others(8),
}
ORDERS = list(permutations(LISTS))
ORDER_IDS = ["-".join(f"{date:%m}" for date in order) for order in ORDERS]
in_each_order = pytest.mark.parametrize("order", ORDERS, ids=ORDER_IDS)


@cache
def site_after(order: tuple[datetime, ...]) -> RefreshedSite:
    site = RefreshedSite()
    for as_of in order:
        site.refresh(LISTS[as_of], as_of, forced=True)
    return site


def known(site: RefreshedSite) -> dict[str, Any]:
    """What the site says of the model, but for the moments at which lists were merged."""
    record = site.record(MODEL)
    return {
        "history": site.json(f"/api/models/{MODEL}/history"),
        "price": (record["PPM"], record["pricing"]),
        "withdrawn": record["withdrawn_since"],
        "page": site.page(MODEL),
        "markdown": site.markdown(MODEL),
        "feed": site.text(f"/{MODEL}/feed.xml"),
        "card": site.card(f"/{MODEL}"),
    }


@in_each_order
def test_a_model_that_is_gone_keeps_its_last_price(order: tuple[datetime, ...]) -> None:
    site = site_after(order)

    assert site.record(MODEL)["PPM"] == {"prompt": 2, "completion": 2}
    assert site.record(MODEL)["withdrawn_since"] == MARCH.isoformat()
    assert "$2/M in, $2/M out" in site.description(MODEL)
    assert "No longer listed since 1 March 2026" in site.page(MODEL)


@in_each_order
def test_a_price_changes_on_the_date_of_the_list_that_has_it(order: tuple[datetime, ...]) -> None:
    events = site_after(order).events(MODEL)

    prices = [event for event in events if event["fact"] == "price"]
    assert [(e["moment"], e["before"]["prompt"], e["after"]["prompt"]) for e in prices] == [
        (FEBRUARY.isoformat(), "0.000001", "0.000002")
    ]
    others_of_march = [e for e in events if e["moment"] == MARCH.isoformat()]
    assert [(e["fact"], e["after"]) for e in others_of_march] == [("listed", False)]


@in_each_order
def test_every_representation_is_that_of_the_order_of_dates(order: tuple[datetime, ...]) -> None:
    assert known(site_after(order)) == known(site_after(ORDERS[0]))
    assert site_after(order).text("/feed.xml") == site_after(ORDERS[0]).text("/feed.xml")
