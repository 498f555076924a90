"""What the refresh function may hold, by the memory that Lambda gives it."""

from handler.bootstrap.memory_limits import batch_limits, retry_policy, snapshot_limits
from handler.settings import Settings

MEGABYTE = 1024 * 1024


def settings(megabytes: str) -> Settings:
    return Settings.from_env(
        {"BURGEE_STORE": "folder", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": megabytes}
    )


def test_shares_of_256_megabytes() -> None:
    function = settings("256")
    policy, limits = retry_policy(function, 30.0), batch_limits(function, 2.0)

    assert snapshot_limits(function) == (16 * MEGABYTE, 96 * MEGABYTE)
    assert (policy.max_body_bytes, policy.max_memory_bytes) == (8 * MEGABYTE, 64 * MEGABYTE)
    assert (limits.max_total_bytes, limits.max_memory_bytes) == (8 * MEGABYTE, 64 * MEGABYTE)
    assert (policy.total_seconds, limits.requests_per_second) == (30.0, 2.0)


def test_outside_lambda_a_hundred_thousand_models_fit() -> None:
    elsewhere = settings("")

    assert snapshot_limits(elsewhere).text_bytes > 400_000_000
    assert snapshot_limits(elsewhere).memory_bytes > 2_000_000_000
    assert retry_policy(elsewhere, 30.0).max_body_bytes == 32 * MEGABYTE
    assert batch_limits(elsewhere, 2.0).max_total_bytes == 16 * MEGABYTE
