"""The id of a new record."""

from datetime import datetime

RANDOM_BYTES = 4


def new_id(now: datetime, random: bytes) -> str:
    """``20240614-153012-3f9c81d2``: ``now`` (in UTC+8) to the second, and four random bytes.

    Two people who record in the same second get different ids. Raises ``ValueError`` for another number of bytes.
    """
    if len(random) != RANDOM_BYTES:
        raise ValueError(f"{RANDOM_BYTES} random bytes are needed, not {len(random)}")
    return f"{now:%Y%m%d-%H%M%S}-{random.hex()}"
