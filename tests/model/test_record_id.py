from datetime import UTC, datetime, timedelta, timezone

import pytest

from gaigai_cli.model.record_id import new_id
from gaigai_cli.model.records import Record

CHINA = timezone(timedelta(hours=8))


def test_an_id_is_the_moment_and_four_random_bytes() -> None:
    now = datetime(2024, 6, 14, 15, 30, 12, 999_999, CHINA)

    identity = new_id(now, b"\x3f\x9c\x81\xd2")

    assert identity == "20240614-153012-3f9c81d2"
    assert (
        Record.model_validate({"id": identity, "date": "2024-06-14", "kind": "进展"}).id == identity
    )


def test_the_moment_is_the_one_given() -> None:
    assert new_id(datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC), bytes(4)) == "20240102-030405-00000000"


@pytest.mark.parametrize("random", [b"", b"abc", b"abcde"])
def test_too_few_or_many_random_bytes_are_a_fault_of_the_caller(random: bytes) -> None:
    with pytest.raises(ValueError, match="4 random bytes"):
        new_id(datetime(2024, 6, 14, tzinfo=CHINA), random)
