"""README.txt: what lies in the export, for whoever opens it years later."""

from datetime import datetime

from bot.exports.files import DATA, DOCUMENTS, INDEX, TALK_DATA, TALK_PAGE
from bot.texts import Texts


def readme(t: Texts, made_at: datetime) -> str:
    """The text. Its lines end as Windows wants them: there it opens in the plainest of programs."""
    lines = (
        t("Kezek: everything kept about you"),
        t("Made on {moment}, time of Kazakhstan.", moment=t.moment(made_at)),
        "",
        t("{file} – a page to be read: open it in any browser. It needs no network.", file=INDEX),
        t("{file} – our conversations, as they stand in our log: masked.", file=TALK_PAGE),
        t("{file}, {other} – the same for programs (JSON, UTF-8).", file=DATA, other=TALK_DATA),
        t("{folder}/ – the documents you sent. A large copy has several parts.", folder=DOCUMENTS),
        "",
        t(
            "Instants are written with their zone. Of other people there is nothing here but that they are "
            "there: documents that the other parent sent are with the other parent."
        ),
        t("Keep this copy as you keep your papers: it is not locked by any password."),
        "",
    )
    return "\r\n".join(lines)
