"""Addresses for people who don't exist: streets that any town has. The same seed gives the same address."""

STREETS = (
    "Тәуке хан даңғылы", "Абай көшесі", "Жібек жолы көшесі", "Амангелді көшесі", "Достық көшесі",
    "Сәтбаев көшесі", "Тәуелсіздік даңғылы", "Наурыз көшесі",
)  # fmt: skip
_HOUSES, _FLATS = 120, 60


def made_up_address(seed: bytes) -> str:
    """Street, house and flat, out of seven bytes or more: the last three are used."""
    return f"{STREETS[seed[-1] % len(STREETS)]}, {seed[-2] % _HOUSES + 1}-үй, {seed[-3] % _FLATS + 1}-пәтер"
