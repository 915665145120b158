"""Three lists about one invented incident, in two scripts: some rows are clearly one person's, some are in doubt."""

from datetime import UTC, datetime

from esep.case import create_case
from esep.ledger.acts import seeded_entropy

NOW = datetime(2026, 1, 1, tzinfo=UTC)

LISTS = {
    "relatives": (
        "Имя,Возраст,Дата,Место,Статус\nАйгуль Тестова,34,2031-03-02,Примерск,пропал\n"
        "Ерлан Образцов,40,2031-03-02,Примерск,ранен\nОлжас Выдуманов,30,,,убит\n"
        "Дамир Примеров,51,2031-03-02,Примерск,убит\n"
    ),
    "union": (
        "name,age,date,place,status\nAigul Testova,34,2031-03-04,Primersk,detained\n"
        "Olzhas Vydumanuly,38,2031-03-02,,killed\nTimur Invented,27,2031-03-02,Primersk,killed\n"
        "D. Primerov,,2031-03-02,Primersk,killed\n"
    ),
    "press": (
        "name,age,date,place,status\nYerlan,45,2031-03-04,Primersk,injured\nOlzhas,,2031-03-06,Primersk,killed\n"
        "Primerov,50,2031-03-02,,killed\nAigul T.,,2031-03-03,Primersk,missing\n"
    ),
}

DOUBTFUL = {
    ("person:press/1", "person:relatives/2"),
    ("person:relatives/3", "person:union/2"),
    ("person:press/2", "person:union/2"),
    ("person:press/2", "person:relatives/3"),
}
"""Pairs that some draws join and others do not."""


def write_lists(folder, names=tuple(LISTS)):
    """The lists as files."""
    paths = [folder / f"{name}.csv" for name in names]
    for path in paths:
        path.write_text(LISTS[path.stem], encoding="utf-8")
    return paths


def made_case(folder, names=tuple(LISTS)):
    """A plain case that has taken the lists in."""
    case = create_case(
        folder / "case", title="t", actor="A", now=NOW, passphrase=None, entropy=seeded_entropy("lists")
    )
    for path in write_lists(folder, names):
        case.add(path, actor="A", now=NOW, name=path.stem, form="list")
    return case


def pairs(questions):
    """Record ids of the pairs asked."""
    return {one.pair for one in questions.asked}
