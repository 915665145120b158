"""A language model on loopback: whatever it says, only what stands in the text word for word is proposed."""

import json
import threading
import time
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from tests.backends.stub_server import chat, serving

from esep.backends import BackendChoice, open_backend
from esep.backends.prompt import PROMPT_SHA256, request_body
from esep.case import create_case, extract_file
from esep.case.decisions import Decision
from esep.cli.main import main
from esep.errors import BackendLost
from esep.extract import extract_text
from esep.extract.assisting import assist
from esep.ledger.acts import seeded_entropy

TEXT = (
    "At least 70 people were killed in Primersk, said Ada Testwood of the union. The list speaks of 12 wounded.\n\n"
    "Nobody may forget Quilliam the docker, nor Yor of the crane.\n"
)
RULES = extract_text(TEXT, name="made.txt")
NEW = {"kind": "person", "quote": "Quilliam the docker", "name": "Quilliam"}
FIGURE = {"kind": "quantity", "quote": "At least 70 people were killed", "low": 70, "high": None, "category": "killed"}
MORE = {**FIGURE, "quote": "At least 70 people were killed in Primersk", "category": "missing"}


def asked(url, seconds=5.0):
    backend = open_backend(BackendChoice("llm", "made-model", url, seconds))
    return assist(TEXT, RULES, backend)


def answered(*answers):
    with serving(chat(list(answers))) as (url, _):
        return asked(url)


def test_a_name_that_stands_in_the_text_is_proposed_and_names_its_proposer():
    result = answered(NEW)
    (one,) = result.found
    assert TEXT[one.proposal.start : one.proposal.end] == one.proposal.quote == "Quilliam"
    assert result.proposer.json() == {
        "backend": "llm", "model": "made-model", "version": "as-served", "prompt_sha256": PROMPT_SHA256,
    }  # fmt: skip
    assert one.proposal.rule == f"llm/made-model/as-served/{PROMPT_SHA256[:12]}"


def test_what_the_rules_have_is_counted_as_agreed_and_not_proposed_again():
    result = answered(FIGURE)
    assert result.found == ()
    assert {RULES.proposals[at].quote for at in result.agreed} == {"At least 70 people were killed"}


def test_a_number_that_the_rules_read_otherwise_carries_a_warning():
    (one,) = answered(MORE).found
    assert "the rules read this number as killed" in one.warnings


ALTERED = {
    "number in quote": {**FIGURE, "quote": "At least 80 people were killed", "low": 80},
    "number beside quote": {**FIGURE, "low": 80},
    "closed upper bound": {**FIGURE, "high": 70},
    "bounds as text": {**FIGURE, "low": "70"},
    "bounds as truth": {**FIGURE, "quote": "12 wounded", "low": True},
    "bounds of another figure": {**FIGURE, "low": 12, "high": 12},
    "quote": {**FIGURE, "quote": "At least 70 persons were killed"},
    "half a number": {**MORE, "quote": "0 people were killed", "low": 0, "high": 0},
    "speaker": {**MORE, "attributed_to": "Ada Testova"},
    "place": {**MORE, "place": "Primorsk"},
    "category": {**MORE, "category": "massacred"},
    "name": {**NEW, "name": "Quilliem"},
    "name out of quote": {**NEW, "name": "Yor"},
    "half a name": {**NEW, "quote": "Quillia", "name": "Quillia"},
    "name that is a number": {"kind": "person", "quote": "70", "name": "70"},
    "status": {**NEW, "status": "killed"},
    "status of elsewhere": {**NEW, "status": "killed", "status_words": "were killed"},
    "status of nowhere": {**NEW, "status": "shot", "status_words": "Quilliam"},
    "kind": {**NEW, "kind": "action"},
    "empty quote": {**NEW, "quote": ""},
    "number as quote": {**NEW, "quote": 70},
    "no object": "Quilliam",
}


@pytest.mark.parametrize("what", ALTERED)
def test_an_altered_answer_is_dropped_and_counted(what):
    result = answered(ALTERED[what])
    assert result.found == ()
    assert result.agreed == frozenset()
    assert sum(count for _, count in result.dropped) == result.asked
    assert "Quilliam" not in "".join(result.notes())


def test_the_good_answers_of_a_lying_server_still_count():
    result = answered(*ALTERED.values(), NEW)
    assert [one.proposal.quote for one in result.found] == ["Quilliam"]


def test_a_denied_figure_stays_denied_whatever_the_model_says():
    text = "The ministry denied that 15 miners were killed in Primersk.\n"
    rules = extract_text(text, name="made.txt")
    answer = {**FIGURE, "quote": "15 miners were killed", "low": 15, "high": 15, "category": "injured"}
    with serving(chat([answer])) as (url, _):
        (one,) = assist(text, rules, open_backend(BackendChoice("llm", "m", url, 5.0))).found
    assert one.proposal.value["stance"] == "denied"


@pytest.mark.parametrize(
    "body",
    [
        b"not json", b"\xff\xfe", b"[]", b'{"choices": []}', chat("no json"), chat('{"answers": 3}'), chat("[]"),
        chat('{"answers": [{"kind": "person", "quote": "Yor", "name": NaN}]}'), chat("[" * 100_000),
    ],
)  # fmt: skip
def test_an_answer_that_is_no_json_of_ours_leaves_the_rules_result(body):
    with serving(body) as (url, _):
        result = asked(url)
    assert result.found == ()
    assert result.faults == (("the answer is not in the form that was asked for", result.asked),)


def test_a_server_that_hangs_is_left_after_its_time_and_not_asked_again():
    begin = time.monotonic()
    with serving(chat([NEW]), hang=threading.Event()) as (url, requests):
        result = asked(url, seconds=0.3)
    assert time.monotonic() - begin < 5
    assert (result.found, result.asked, len(requests)) == ((), 1, 1)
    assert "did not answer within 0.3 seconds" in result.stopped


def test_a_server_that_drips_its_answer_is_left_after_its_time():
    begin = time.monotonic()
    with serving(chat([NEW]), drip=0.05) as (url, _):
        result = asked(url, seconds=0.4)
    assert time.monotonic() - begin < 5
    assert "did not answer within" in result.stopped


def test_a_huge_answer_is_cut_off():
    with serving(b" " * 3_000_000) as (url, _):
        result = asked(url)
    assert result.faults == (("the answer is longer than 1048576 bytes", result.asked),)


def test_an_answer_of_very_many_items_is_cut_to_a_hundred():
    result = answered(*[{**NEW, "quote": f"no {number}"} for number in range(300)])
    assert sum(count for _, count in result.dropped) == 300 * result.asked


def test_a_redirect_is_not_followed():
    with serving(chat([NEW])) as (other, seen), serving(b"", status=307, headers={"Location": other}) as (url, _):
        result = asked(url)
    assert (result.found, seen) == ((), [])
    assert "not followed" in result.stopped


@pytest.mark.parametrize("status", [404, 500])
def test_an_http_error_leaves_the_rules_result(status):
    with serving(b"{}", status=status) as (url, _):
        result = asked(url)
    assert result.found == ()
    assert result.faults[0][0] == f"the server answered with HTTP status {status}"


def test_three_faults_in_a_row_end_the_asking():
    text = "\n\n".join(f"Passage number {number} speaks of nobody." for number in range(8))
    with serving(b"{}", status=500) as (url, requests):
        result = assist(text, extract_text(text, name="m"), open_backend(BackendChoice("llm", "m", url, 5.0)))
    assert (len(requests), result.stopped) == (3, "3 faults in a row")


def test_an_answer_cut_short_is_a_fault():
    with serving(b"{}", headers={"Content-Length": "500"}) as (url, _):
        result = asked(url, seconds=2.0)
    assert result.found == ()
    assert result.faults or result.stopped


def test_where_nothing_answers_the_rules_result_stands():
    with serving() as (url, _):
        pass
    assert "nothing answers at 127.0.0.1" in asked(url).stopped


@pytest.mark.parametrize(
    "url",
    [
        "http://192.0.2.7:8080", "http://example.org", "https://127.0.0.1:8080", "http://127.0.0.1.example.org",
        "http://localhost.example.org", "http://user:word@127.0.0.1", "http://2130706433", "http://127.1",
        "http://0.0.0.0:1", "http://[::ffff:192.0.2.7]", "http://127.0.0.1@example.org", "file:///etc/passwd",
        "127.0.0.1:8080", "", "http://[", "http://127.0.0.1:99999", "http://127.0.0.1:80?to=example.org",
    ],
)  # fmt: skip
def test_a_server_that_is_not_on_this_machine_is_refused_before_anything_is_sent(url):
    with pytest.raises(BackendLost) as refusal:
        open_backend(BackendChoice("llm", "m", url or "http://"))
    assert "127.0.0.1" in refusal.value.hint


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "http://localhost:9/base/", "http://[::1]:9", "http://127.8.8.8"])
def test_addresses_of_this_machine_are_taken(url):
    assert open_backend(BackendChoice("llm", "m", url)).proposer.model == "m"


def test_the_request_holds_the_passage_and_nothing_else_of_the_case():
    with serving(chat([])) as (url, requests):
        asked(url)
    path, body = requests[0]
    assert path == "/v1/chat/completions"
    assert body == request_body("made-model", TEXT.split("\n\n", maxsplit=1)[0], language="en")


def test_a_file_gives_rules_and_back_end_each_under_its_name(tmp_path):
    (tmp_path / "made.txt").write_text(TEXT, encoding="utf-8")
    alone = extract_file(tmp_path / "made.txt").json().splitlines()
    with serving(chat([NEW, FIGURE])) as (url, _):
        words = ["extract", str(tmp_path / "made.txt"), "--json", "--backend", "llm", "--server", url]
        result = CliRunner().invoke(main, [*words, "--model", "made"])
    assert result.exit_code == 0, result.output
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    ours = [line for line in lines if line["proposer"]["backend"] == "rules"]
    (other,) = (line for line in lines if line["proposer"]["backend"] == "llm")
    assert (other["name"], other["proposer"]["model"]) == ("Quilliam", "made")
    assert [line["quote"] for line in ours if line["agreed"]] == ["At least 70 people were killed"]
    assert [{k: line[k] for k in line if k not in ("proposer", "agreed", "warnings")} for line in ours] == [
        json.loads(line) for line in alone
    ]


def test_in_a_case_a_failing_back_end_leaves_the_same_proposals_and_a_good_one_adds_its_own(tmp_path):
    (tmp_path / "made.txt").write_text(TEXT, encoding="utf-8")
    now = datetime(2031, 3, 5, tzinfo=UTC)
    with create_case(
        tmp_path / "case", title="t", actor="A", now=now, passphrase=None, entropy=seeded_entropy("x")
    ) as case:
        case.add(tmp_path / "made.txt", actor="A", now=now, name="MADE")
        case.extract(now=now)
        rules = {proposal.id for proposal in case.pending()}
        with serving(b"{", status=500) as (url, _):
            failed = case.extract(now=now, backend=BackendChoice("llm", "made", url, 5.0))
        assert {proposal.id for proposal in case.pending()} == rules
        assert "HTTP status 500" in "".join(failed.notes)
        with serving(chat([NEW, MORE])) as (url, _):
            case.extract(now=now, backend=BackendChoice("llm", "made", url, 5.0))
            again = case.extract(now=now, backend=BackendChoice("llm", "made", url, 5.0))
        assert again.by_source[0][2] == 0
        added, figure = sorted((p for p in case.pending() if p.id not in rules), key=lambda p: p.kind)
        case.record(
            [Decision("accept", "reads so", "R", "2031-03-05", proposal=p.id) for p in (added, figure)],
            actor="R",
            now=now,
        )
        (toll,) = json.loads(case.tolls().json())
        assert (toll["low"], toll["high"], toll["category"]) == (70, None, "missing")
        assert [row["name"] for row in json.loads(case.people().json())] == ["Quilliam"]
        assert case.verify().is_whole
    assert added.rule.startswith("llm/made/")
    assert added.payload["proposer"]["prompt_sha256"] == PROMPT_SHA256


def test_a_server_without_the_back_end_named_is_wrong_use(tmp_path):
    (tmp_path / "made.txt").write_text(TEXT, encoding="utf-8")
    result = CliRunner().invoke(main, ["extract", str(tmp_path / "made.txt"), "--server", "http://127.0.0.1:1"])
    assert result.exit_code == 2
