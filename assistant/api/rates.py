"""How much one visitor and one address may ask, counted in memory."""

from __future__ import annotations

import ipaddress
import math
import time

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from assistant.errors import SettingsError
from assistant.settings import Settings

# An address may be a whole office or village: it may ask as much as so many people.
PEOPLE_AT_AN_ADDRESS = 10


class Rates:
    """The limits of one application; without `ASSISTANT_RATE` there are none. Safe to share between threads."""

    def __init__(self, settings: Settings) -> None:
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._person = _read(settings.rate) if settings.rate else None

    def of_person(self, person: str) -> int:
        """Count a request of a visitor or of the holder of a key: 0, or the seconds to wait where it is one too many."""
        return self._count(self._person, "person", person)

    def of_address(self, address: str) -> int:
        """Count a request of an address, as `of_person` does."""
        item = self._person
        if item is None:
            return 0
        many = type(item)(item.amount * PEOPLE_AT_AN_ADDRESS, item.multiples)
        return self._count(many, "address", _network(address))

    def _count(self, item: RateLimitItem | None, kind: str, who: str) -> int:
        if item is None or self._limiter.hit(item, kind, who):
            return 0
        reset = self._limiter.get_window_stats(item, kind, who).reset_time
        return max(1, math.ceil(reset - time.time()))


def _read(rate: str) -> RateLimitItem:
    try:
        return parse(rate)
    except ValueError:
        raise SettingsError(f"ASSISTANT_RATE: found {rate!r}, expected a rate such as 60/minute") from None


def _network(address: str) -> str:
    """Who an address counts as: of IPv6, where each subscriber has a network of addresses, that network."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((ip, 64), strict=False)) if ip.version == 6 else address
