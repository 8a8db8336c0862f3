"""A contact centre's year: chats of ten messages each, questions and an audit, made by the database itself.

Texts are drawn from a few sentences with a rare word in each, so that there is both to look for. Rows of the
log are numbered by time, as in life.
"""

from datetime import date, timedelta
from functools import partial

from sqlalchemy import text

from benchmarks.opening_city import fill
from domain.iin import Sex, make_iin
from storage.database import Database
from storage.transaction import Transaction

CHAT_OF_EVERY = 5
MESSAGES_OF_CHAT = 10
OPEN_QUESTIONS = 400
NAMED = 200
"""So many chats are of families whose names can be opened; the pages of these are looked at."""

SENTENCES = (
    "балабақшаға кезек қашан келеді",
    "жолдаманы қалай ұзартамын",
    "почему место в очереди сдвинулось",
    "какие документы нужны для направления",
    "мен нөмірімді ауыстырдым",
    "когда будет следующий список",
    "рахмет, бәрі түсінікті",
    "у нас близнецы, нужно два места",
)
FREQUENT, RARE = "балабақшаға", "сирек"
"""A word of every eighth typed message, and the beginning of one that stands in a single one."""

_MESSAGES = text(
    """
    INSERT INTO message (conversation_id, direction, at, channel, kind, text, dedup_key, state)
    SELECT c.id,
           CASE WHEN k % 2 = 1 THEN 'in' ELSE 'out' END,
           CAST(:now AS timestamptz) - make_interval(secs => c.id * 7919 % 31536000 + (10 - k) * 60),
           'telegram',
           CASE WHEN k % 2 = 0 THEN 'screen' WHEN k % 4 = 1 THEN 'text' ELSE 'press' END,
           CASE WHEN k % 2 = 0 THEN 'Сіздің орныңыз 391 [Мәзір · Балабақшалар]'
                WHEN k % 4 = 1
                THEN (CAST(:sentences AS text[]))[1 + (c.id / 5 + k) % 8] || ' сирек' || c.id || 'n' || k
                ELSE 'Мәзір' END,
           CASE WHEN k % 2 = 0 THEN c.id * 16 + k END,
           NULL
    FROM conversation c CROSS JOIN generate_series(1, :of_chat) k
    ORDER BY 3
    """
)
_DELIVERIES = text(
    """
    INSERT INTO delivery
        (message_id, conversation_id, channel, operation, state, due_at, urgency, tries, sent_at)
    SELECT id, conversation_id, channel, 'send', CASE WHEN id % 211 = 0 THEN 'failed' ELSE 'sent' END,
           at, 0, 1, at
    FROM message WHERE direction = 'out'
    """
)
_LATEST = text(
    """
    UPDATE conversation c SET last_message_at = m.at
    FROM (SELECT conversation_id, max(at) AS at FROM message GROUP BY 1) m WHERE m.conversation_id = c.id
    """
)
_SPOKEN = text("UPDATE contact SET language = CASE WHEN id % 15 < 10 THEN 'kk' ELSE 'ru' END")
_WORDS = text(
    """
    INSERT INTO typed (message_id, conversation_id, at, by, words)
    SELECT id, conversation_id, at, 'parent',
           array_to_tsvector(
               string_to_array(translate(replace(text, ',', ''), 'әғқңөұүһі', 'агкноуухи'), ' '))
    FROM message WHERE kind = 'text' ORDER BY id
    """
)
"""The index as the clockwork would leave it, and made in a twentieth of the time."""

_INDEXED = text("INSERT INTO typed_mark (name, up_to) SELECT 'typed', max(id) FROM message")
_QUESTIONS = text(
    """
    INSERT INTO help_request
        (id, conversation_id, territory_id, at, state, language, waits_since, assigned_to, closed_at)
    SELECT c.id, c.id, c.territory_id, c.last_message_at,
           CASE WHEN c.id % :every = 0 THEN 'open' WHEN c.id % :every = 5 THEN 'assigned' ELSE 'closed' END,
           'kk',
           CASE WHEN c.id % :every < 10 THEN c.last_message_at END,
           CASE WHEN c.id % :every = 5 THEN CAST(:staff AS bigint) END,
           CASE WHEN c.id % :every >= 10 THEN c.last_message_at END
    FROM conversation c WHERE c.id % 25 = 0 OR c.id % :every = 5
    """
)
_AUDIT = text(
    """
    INSERT INTO audit (at, actor, what, about, from_where, data, previous_hash, hash)
    SELECT CAST(:now AS timestamptz) - make_interval(secs => (:entries - i) * 120),
           'staff:' || CASE WHEN i % 4 = 0 THEN CAST(:staff AS bigint) ELSE i % 40 + 1 END,
           (ARRAY['looked', 'answered', 'activated', 'signed'])[1 + i % 4],
           'application:' || (i % :applications + 1), '192.0.2.' || i % 250, '{}',
           sha256(int8send(i - 1)), sha256(int8send(i))
    FROM generate_series(CAST(1 AS bigint), :entries) i
    """
)


async def fill_centre(database: Database, applications: int, staff_id: int) -> None:
    """So many applications, a chat with every fifth parent; on PostgreSQL."""
    await fill(database, applications, of_one_parent=False, chat_of_every=CHAT_OF_EVERY)
    await database.write(_talk)
    await database.write(partial(_work, applications=applications, staff_id=staff_id))
    await database.write(_name_some)


def chats(applications: int) -> range:
    """The conversations there are, by id."""
    return range(CHAT_OF_EVERY, applications + 1, CHAT_OF_EVERY)


def named_chats(applications: int) -> list[int]:
    """Those whose families have names, from all over the country."""
    every = chats(applications)
    return [every[number * len(every) // NAMED] for number in range(NAMED)]


def _talk(tx: Transaction) -> None:
    tx.conn.exec_driver_sql("SET LOCAL session_replication_role = replica")
    tx.conn.execute(_MESSAGES, {"now": tx.now, "sentences": list(SENTENCES), "of_chat": MESSAGES_OF_CHAT})
    for each in (_DELIVERIES, _LATEST, _SPOKEN, _WORDS, _INDEXED):
        tx.conn.execute(each)


def _work(tx: Transaction, applications: int, staff_id: int) -> None:
    # More than a page of open ones wherever it is: a page of few rows is drawn sooner.
    every = max(250, applications // OPEN_QUESTIONS)
    tx.conn.execute(_QUESTIONS, {"staff": staff_id, "every": every})
    asked = {"now": tx.now, "entries": applications // CHAT_OF_EVERY, "staff": staff_id}
    tx.conn.execute(_AUDIT, asked | {"applications": applications})


def _name_some(tx: Transaction) -> None:
    """A family's names and IINs are sealed row by row, so only those are real that are looked at."""
    applications = tx.conn.execute(text("SELECT count(*) FROM application")).scalar_one()
    for number, family in enumerate(named_chats(applications)):
        for table, first_day in (("parent", "1990-01-01"), ("child", "2022-01-01")):
            _name(tx, table, family, first_day, number)


def _name(tx: Transaction, table: str, row_id: int, first_day: str, number: int) -> None:
    born = date.fromisoformat(first_day) + timedelta(days=number)
    iin = next(found for serial in range(10) if (found := make_iin(born, Sex.FEMALE, serial)))
    fields = {"iin": iin.digits, "surname": "Серік", "name": "Айару", "birth_date": born.isoformat()}
    sealed = {name: tx.vault.seal(table, row_id, name, value) for name, value in fields.items()}
    index = {"iin_index": tx.vault.blind("iin", iin.digits), "id": row_id}
    assigned = ", ".join(f"{name} = :{name}" for name in (*sealed, "iin_index"))
    tx.conn.execute(text(f"UPDATE {table} SET {assigned} WHERE id = :id"), sealed | index)
