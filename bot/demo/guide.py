"""What the demo's front page lists: whom one can be, and what can be tried."""

from bot.demo.city import DemoCity
from bot.demo.country import CITY, country
from bot.demo.families import Family
from bot.demo.guide_seats import to_take
from bot.demo.guide_tries import around_the_cabinet, to_join, wrong_on_purpose
from bot.texts import Texts, texts_in
from bot.web.demo_guide import DemoGuide, GuideLink, GuideRow, GuideSection
from domain.iin import Iin


def guide(city: DemoCity, language: str, links: tuple[GuideLink, ...] = ()) -> DemoGuide:
    """The page in a language. `links`: further places to open than the web chat."""
    t = texts_in(language)
    chat = GuideLink(t("Web chat"), f"/chat/?lang={language}", t("Talk to the bot as a parent would."))
    console = GuideLink(
        t("For staff"), f"/console/sign-in?lang={language}", t("The desk of a kindergarten or a department.")
    )
    data = GuideLink(
        t("Open data"), f"/open-data/?lang={language}", t("How places are given, for everybody to read.")
    )
    sms = GuideLink(t("Text messages"), f"/demo/sms?lang={language}", t("The codes come here."))
    return DemoGuide(
        place=place(language),
        links=(chat, console, data, sms, *links),
        sections=(
            to_join(t, city),
            to_take(t, city),
            _to_check(t, city),
            _to_sign_in(t, city),
            around_the_cabinet(t, city),
            wrong_on_purpose(t, city),
            _to_work(t, city),
        ),
    )


def place(language: str) -> str:
    """The name of the demo's city."""
    names = next(entry.names for entry in country().territory if entry.code == CITY)
    return str(getattr(names, language, names.kk))


def _to_check(t: Texts, city: DemoCity) -> GuideSection:
    rows = tuple(
        GuideRow(str(entry.number), _story(t, family), (entry.child.digits,))
        for family in city.plan.families
        for entry in city.plan.of_family[family.story.key]
    )
    note = t("Application numbers, and the children's IINs. A stranger sees place, size, date and status.")
    return GuideSection(t("Check the queue"), rows, note)


def _to_sign_in(t: Texts, city: DemoCity) -> GuideSection:
    rows = tuple(
        GuideRow(parent.iin.digits, _story(t, family), (parent.phones[0].e164,))
        for family in city.plan.families
        for parent in family.parents
    )
    note = t("Parents' IINs and phones. The code comes by SMS: look under “What would have been sent”.")
    return GuideSection(t("Sign in as a parent"), rows, note)


def _to_work(t: Texts, city: DemoCity) -> GuideSection:
    rows = tuple(GuideRow(each.login, _work_of(t, each.role), (each.password,)) for each in city.staff)
    return GuideSection(t("Sign in as staff"), rows, t("Logins and passwords of the console."))


def _work_of(t: Texts, role: str) -> str:
    if role == "kindergarten":
        return t("The secretary of the kindergarten “Амина”")
    return t("An officer of the city's education department")


def _story(t: Texts, family: Family) -> str:
    match family.story.key:
        case "moved":
            return t("General basis; the place moved back because privileged children came")
        case "two_parents":
            return t("Two parents, and either of them sees the child")
        case "twins":
            return t("Twins: two applications of one parent")
        case "paused":
            return t("Paused by the parent: place and date stay")
        case "suspended":
            return t("On the stop-list: a referral was not used in time")
        case "large_family":
            return t("Large family: moved ahead when the privilege was confirmed")
        case "serviceman":
            return t("Serviceman's child: out of queue since the document was checked")
        case "unknown_to_register":
            return t("The state register does not know this parent")
        case "register_down":
            return t("The state register does not answer about this parent for a day")
        case "register_differs":
            return t("A name typed another way than the state register has it")
    raise KeyError(family.story.key)


def terminal_lines(city: DemoCity, url: str) -> tuple[str, ...]:
    """What the demo prints when it is ready: addresses, and one parent to be."""
    moved: Family = city.plan.families[0]
    parent: Iin = moved.parents[0].iin
    return (
        f"Kezek demo: {place('en')}",
        f"  front page  {url}/",
        f"  web chat    {url}/chat/",
        f"  console     {url}/console/",
        f"  SMS         {url}/demo/sms",
        f"  clock       {url}/demo/clock",
        f"Check the application {city.plan.of_family[moved.story.key][0].number}, "
        f"or sign in as the parent {parent.digits}; the front page lists more.",
        *(f"Staff: {each.login} / {each.password} ({each.role})" for each in city.staff),
        "Ctrl+C ends it.",
    )
