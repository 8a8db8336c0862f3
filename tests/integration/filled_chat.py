"""A conversation in which all has happened that an operator's page can show."""

from datetime import timedelta

from bot.centre import answering, noting, whispering
from bot.department.officer import Officer
from domain.notice import Told
from domain.phone import Phone
from storage import notices, phones
from storage.centre import duty, line, presence
from storage.tables import delivery
from storage.transaction import Transaction
from tests.fakes.console_site import MONDAY
from tests.integration.chat_stage import asks, hears, new_chat, says
from tests.integration.desk_city import City, hired

LONG = "Балам үш жаста, бірінші кезектегі санатқа жатамыз. " * 6
ODD = "https://example.kz/" + "ұзын-сілтеме" * 12


def filled_chat(tx: Transaction, city: City) -> int:
    """A family in the queue has asked, is answered, and confirms a step; somebody else looks on."""
    family, _ = city.family(tx)
    phones.confirm_phone(tx, family.parent_id, 1, Phone("+77015550199"), tx.now)
    chat = new_chat(tx, city.territory_id, family.parent_id)
    helper = Officer(_hired(tx, city, "aigerim"), "operator")
    duty.begin(tx, _hired(tx, city, "bolat"), tx.now)
    presence.here(tx, chat, helper.staff_id, MONDAY, typing=True)

    says(tx, chat, "Балабақша кезегі. Не істегіңіз келеді?")
    hears(tx, chat, LONG)
    hears(tx, chat, ODD)
    hears(tx, chat, "Кезекке тұру", "press")
    lost = says(tx, chat, "Мекенжайыңызды жазыңыз.")
    tx.conn.execute(delivery.update().where(delivery.c.message_id == lost).values(state="given_up"))
    notices.add(tx, family.parent_id, Told.OPERATOR_ANSWERED, {"reason": "Қайырлы күн!"}, tx.now)
    noting.note(tx, helper, chat, "Кешке қайта хабарласу керек.")
    noting.put_label(tx, helper, chat, "жолдама")
    line.open_request(tx, chat, city.territory_id, "kk", tx.now - timedelta(hours=1))
    answering.say(tx, helper, chat, "Қайырлы күн! Қазір қараймын.")
    line.waiting_again(tx, chat, tx.now)
    asks(tx, chat, "apply", "address", [("Мәзір", "menu")])
    whispering.suggest_text(tx, helper, chat, "Тәуке хан даңғылы, 7-үй")
    return chat


def _hired(tx: Transaction, city: City, login: str) -> int:
    return hired(tx, login, "operator", territories=[city.territory_id], kindergartens=[])
