"""Where the bot stands, as the log notes it (`apply.child~register`), in the words of whoever reads."""

from collections.abc import Callable, Mapping

from bot.texts import Texts

Words = Callable[[Texts], str]

FORMS: Mapping[str, Words] = {
    "address": lambda t: t("Address"),
    "alertnear": lambda t: t("Alert for kindergartens nearby"),
    "apply": lambda t: t("Joining the queue"),
    "assist": lambda t: t("Consent to be helped by an operator"),
    "check": lambda t: t("Check the queue"),
    "child": lambda t: t("Adding a child"),
    "email": lambda t: t("E-mail"),
    "erase": lambda t: t("Erasing everything"),
    "extend": lambda t: t("Extending a referral"),
    "find": lambda t: t("Find a message"),
    "helper": lambda t: t("Naming a helper"),
    "helping": lambda t: t("Helping a family"),
    "holder": lambda t: t("Code to a second phone"),
    "housefind": lambda t: t("Looking for a kindergarten"),
    "housereview": lambda t: t("Review of a kindergarten"),
    "invite": lambda t: t("Inviting the second parent"),
    "name": lambda t: t("Name"),
    "newpass": lambda t: t("New password"),
    "newphone": lambda t: t("New phone"),
    "operator": lambda t: t("Question to an operator"),
    "photo": lambda t: t("Photo"),
    "placeswhere": lambda t: t("Free places elsewhere"),
    "signin": lambda t: t("Signing in"),
    "territory": lambda t: t("Choosing the territory"),
    "undo": lambda t: t("Undoing a change of phone"),
    "unlock": lambda t: t("Opening the cabinet"),
}
QUESTIONS: Mapping[str, Words] = {
    "address": lambda t: t("the address"),
    "again": lambda t: t("the password once more"),
    "born": lambda t: t("the parent's date of birth"),
    "called": lambda t: t("the helper's name"),
    "child": lambda t: t("the child's IIN"),
    "code": lambda t: t("the code"),
    "code2": lambda t: t("the code to the second phone"),
    "cwho": lambda t: t("the child's name"),
    "days": lambda t: t("for how many days"),
    "doc": lambda t: t("the identity document"),
    "docs": lambda t: t("documents"),
    "houses": lambda t: t("which kindergartens"),
    "iin": lambda t: t("the IIN"),
    "key": lambda t: t("IIN or document of the other parent"),
    "kind": lambda t: t("which queue"),
    "langs": lambda t: t("the language of the group"),
    "mail": lambda t: t("the e-mail address"),
    "mailcode": lambda t: t("the code by e-mail"),
    "new": lambda t: t("the new password"),
    "newcode": lambda t: t("the code to the new phone"),
    "old": lambda t: t("the old password"),
    "owncode": lambda t: t("the code to the own phone"),
    "parent": lambda t: t("the parent's IIN"),
    "phone": lambda t: t("the phone"),
    "phone2": lambda t: t("the second phone"),
    "priv": lambda t: t("privileges"),
    "proof": lambda t: t("how to prove it"),
    "proof2": lambda t: t("whose the second phone is"),
    "question": lambda t: t("the question"),
    "review": lambda t: t("the last look at the answers"),
    "sent": lambda t: t("the photo"),
    "stars": lambda t: t("how many stars"),
    "sure": lambda t: t("whether it is the right one"),
    "t": lambda t: t("which territory"),
    "text": lambda t: t("the text"),
    "told": lambda t: t("how to be told"),
    "typed": lambda t: t("what to write down"),
    "what": lambda t: t("what to look for"),
    "which": lambda t: t("which one"),
    "who": lambda t: t("the parent's name"),
    "word": lambda t: t("the password"),
}
ERRANDS: Mapping[str, Words] = {
    "export": lambda t: t("waits until the copy is made"),
    "file": lambda t: t("waits until the file is looked at"),
    "password": lambda t: t("waits until the password is compared"),
    "place_picture": lambda t: t("waits until the picture is drawn"),
    "referral_paper": lambda t: t("waits until the paper is printed"),
    "register": lambda t: t("waits for the state register"),
}


def in_words(t: Texts, stand: str | None) -> str:
    """`Joining the queue: the child's IIN, waits for the state register`; "" where nothing is open.

    What is not known, of a flow that is gone or new, stands there as it is written.
    """
    if not stand:
        return ""
    at, waits, errand = stand.partition("~")
    form, _, question = at.partition(".")
    parts = [_asked(t, form, question)] if at else []
    if waits:
        parts.append(ERRANDS[errand](t) if errand in ERRANDS else errand)
    return ", ".join(parts)


def _asked(t: Texts, form: str, question: str) -> str:
    if form not in FORMS:
        return f"{form}.{question}" if question else form
    named = FORMS[form](t)
    if not question:
        return named
    asked = QUESTIONS[question](t) if question in QUESTIONS else question
    return f"{named}: {asked}"
