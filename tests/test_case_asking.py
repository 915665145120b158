"""Questions at a terminal: every answer is recorded at once, taken back, skipped; input may end at any time."""

from datetime import UTC, datetime, timedelta

import pytest

from esep.case.asking import ask
from esep.people.review import Question
from esep.people.sides import Side
from tests.invented_lists import DOUBTFUL, NOW, made_case, pairs


def side(name, person=None):
    return Side(f"person:{name}", person or f"P-{name}", (), {"name": f"Invented {name.upper()}"}, name, "", "")


def question(left, right, **more):
    return Question(side(left), side(right), probability=0.5, reasons=("name: alike (+1.0)",), **more)


class Recorded:
    """Keeps what would be recorded."""

    def __init__(self):
        self.acts = []

    def answer(self, one, verdict, reason):
        self.acts.append((one.pair[0][-1] + one.pair[1][-1], verdict, reason))
        return f"cid-{len(self.acts)}"

    def take_back(self, cid):
        self.acts.append(("undo", cid))


def asked(questions, *typed, blind=False):
    """What is recorded and what is said when somebody types this and then goes away."""
    recorder, said, lines = Recorded(), [], iter(typed)

    def read(prompt):
        said.append(prompt)
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    session = ask(questions, recorder, read=read, write=said.append, blind=blind)
    return recorder.acts, "\n".join(said), session


TWO = [question("a", "b"), question("c", "d")]


def test_each_answer_is_recorded_with_its_reason_before_the_next_question():
    acts, said, _ = asked(TWO, "s", "1", "d", "father and son, says the mother")
    assert acts == [
        ("ab", "same", "same name in another spelling"), ("cd", "different", "father and son, says the mother"),
    ]  # fmt: skip
    assert said.endswith("2 answers recorded. The rest waits.")


def test_going_away_in_the_middle_loses_nothing():
    acts, said, session = asked(TWO, "same", "")
    assert acts == [("ab", "same", "")]
    assert "1 answer recorded" in said
    assert len(session.answered) == 1


def test_a_question_left_at_its_reason_is_not_answered():
    assert asked(TWO, "s")[0] == []


def test_back_takes_the_last_answer_back_and_asks_again():
    acts, said, _ = asked(TWO, "s", "", "b", "d", "")
    assert acts == [("ab", "same", ""), ("undo", "cid-1"), ("ab", "different", "")]
    assert "Taken back: «same» in question 1." in said


def test_back_at_the_beginning_says_how_to_take_older_answers_back():
    acts, said, _ = asked(TWO, "b")
    assert acts == []
    assert "esep decide CASE --undo CID" in said


def test_skip_and_quit_record_nothing():
    acts, _, session = asked(TWO, "k", "q")
    assert acts == []
    assert session.skipped == 1


@pytest.mark.parametrize(("key", "verdict"), [("ы", "same"), ("в", "different"), ("г", "unsure"), ("жоқ", "different")])
def test_keys_of_a_russian_keyboard_and_words_are_understood(key, verdict):
    assert asked(TWO, key, "")[0][0][1] == verdict


def test_anything_else_is_asked_again():
    acts, said, _ = asked(TWO, "x", "", "s", "")
    assert [verdict for _, verdict, _ in acts] == ["same"]
    assert said.count("Type s, d, u, k, b or q") == 2


def test_blind_shows_what_the_machine_thinks_only_after_the_answer():
    _, said, _ = asked(TWO[:1], "s", "", blind=True)
    assert said.index("> ") < said.index("probability")
    assert "probability" not in asked(TWO[:1], "k", blind=True)[1]


def test_what_earlier_answers_settle_is_not_asked():
    three = [question("a", "b"), question("b", "c"), question("a", "c")]
    assert [act[0] for act in asked(three, "s", "", "s", "", "d", "")[0]] == ["ab", "bc"]
    assert [act[0] for act in asked(three, "s", "", "d", "", "s", "")[0]] == ["ab", "bc"]


def test_an_answer_taken_back_settles_nothing():
    three = [question("a", "b"), question("b", "c"), question("a", "c")]
    acts, _, _ = asked(three, "s", "", "s", "", "b", "k", "s", "")
    assert acts[-1] == ("ac", "same", "")


def test_answers_at_a_terminal_are_claims_with_author_time_and_reason(tmp_path):
    with made_case(tmp_path) as case:
        ticks = (datetime(2026, 2, 1, tzinfo=UTC) + timedelta(seconds=n) for n in range(99))
        recorder = case.recorder(actor="anna", clock=lambda: next(ticks))
        one = next(one for one in case.queue(by="anna").asked if one.pair in DOUBTFUL)
        keys = iter(["s", "", "b", "s", "same day", "q"])
        ask([one, one], recorder, read=lambda prompt: next(keys), write=lambda words: None, blind=False)
        (claim,) = case.claims("same").rows
        assert (claim["value"]["by"], claim["value"]["reason"]) == ("anna", "same day")
        assert claim["value"]["at"] == "2026-02-01T00:00:02+00:00"
        assert len(case.claims("same", withdrawn=True).rows) == 3
        assert one.pair not in pairs(case.queue(by="anna"))
        assert NOW < datetime.fromisoformat(claim["value"]["at"])
