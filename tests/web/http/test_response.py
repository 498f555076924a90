import pytest

from handler.web.http.headers import TEXT
from handler.web.http.response import CacheableResponse, ResponseTooLarge


@pytest.mark.promise("P15", "answers that Lambda could not send")
def test_a_body_that_lambda_could_not_send_is_no_response() -> None:
    CacheableResponse(b"x" * 4_500_000, TEXT, "")

    with pytest.raises(ResponseTooLarge, match="of 4,500,001 bytes"):
        CacheableResponse(b"x" * 4_500_001, TEXT, "")
