"""Anyone can read the rules in force in a territory."""

from datetime import timedelta

from domain.policy import Policy
from domain.policy_data import to_data
from storage import loading
from storage.transaction import Transaction
from tests.conversation.house import House
from tests.conversation.person import Person
from tests.conversation.world import START


async def test_anyone_reads_the_rules_of_their_place(house: House, kind: str, language: str) -> None:
    person = await house.acquaintance(kind, language)
    town = {"kk": "Түркістан", "ru": "Туркестан", "en": "Turkistan"}[language]

    await person.says("/settings")
    await person.taps("Rules of the queue")

    rules, below = person.heard[-2:]
    t = person.t
    assert rules.text.startswith(t("Rules of the queue: {territory}", territory=town))
    for line in (
        t("• Lists come out on working days at {time}.", time="18:00"),
        t("• It is given as soon as you confirm a place."),
        t("Phone: {phone}", phone="+77253300300"),
    ):
        assert line in rules.text
    assert below.text == t("In force since {date}.", date="24.02.2024")
    assert below.labels == person.named("Another place", "Settings", "Menu")


async def test_the_newest_rules_count_from_their_day_on(house: House, parent: Person) -> None:
    def changed(tx: Transaction) -> None:
        new = to_data(Policy(referral_working_days=7))
        later = {"in_force_from": START.replace(hour=19, minute=0) + timedelta(days=1), "data": new}
        loading.put_policies(tx, [{"territory_id": house.world.town, **later}])

    await house.write(changed)
    await parent.presses("rules")
    assert "5 working days" in parent.heard[-2].text
    house.later(days=2)
    await parent.presses("rules")

    assert "7 working days" in parent.heard[-2].text
    assert parent.reads("In force since {date}.", date="22.11.2026")


async def test_where_nobody_has_written_rules_that_is_said(house: House, language: str) -> None:
    person = await house.acquaintance("whatsapp", language)

    def lonely(tx: Transaction) -> int:
        row = {"code": "lonely", "kind": "city", "parent_id": None, "latitude": None, "longitude": None}
        names = {f"name_{code}": "Lonely" for code in ("kk", "ru", "en")}
        loading.put_territories(tx, [row | names])
        return loading.territory_ids(tx)["lonely"]

    await house.changes_contact(person, territory_id=await house.write(lonely))
    await person.presses("rules")

    assert person.reads("No rules are written down for this place yet. The operator knows more.")
