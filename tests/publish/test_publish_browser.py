"""The site in Chromium, from disk: search in any script, no violation of the policy, nothing wider than a telephone."""

import csv
import json
import re
import subprocess
from pathlib import Path
from urllib.parse import quote

import pytest

from esep.names.keys import search_tokens
from esep.publish.site import write_site
from esep.publish.view import gather
from tests.publish.test_publish_estimates import THREE, decision, made

pytestmark = pytest.mark.needs_browser

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "zhanaozen" / "persons.csv"
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars",
    "--virtual-time-budget=4000", "--enable-logging=stderr", "--log-level=0",
)  # fmt: skip


def chromium(address, *more, profile):
    done = subprocess.run(
        ["chromium", *_FLAGS, f"--user-data-dir={profile}", *more, address],
        capture_output=True, text=True, timeout=90, check=True,
    )  # fmt: skip
    return done.stdout, "\n".join(line for line in done.stderr.splitlines() if "CONSOLE" in line)


@pytest.mark.parametrize("query", ["тестов", "Testova", "AIGUL", "айгүл", "أيغول"])
def test_a_search_finds_a_person_in_any_script(site, tmp_path, query):
    html, console = chromium(f"{(site / 'people.html').as_uri()}?q={quote(query)}", "--dump-dom", profile=tmp_path)
    found = re.search(r'<ul id="found"[^>]*>(.*?)</ul>', html, re.DOTALL)[1]
    assert "1 entry found" in html
    assert "Aigul Testova" in found
    assert console == ""


def test_pages_open_from_disk_without_a_message(site, tmp_path, view):
    for path in ("index.html", "tolls.html", "estimate.html", view.people[0].path):
        html, console = chromium((site / path).as_uri(), "--dump-dom", profile=tmp_path)
        assert "<h1>" in html
        assert console == "", path


def widths(site, pages, profile):
    """Width of the window and of its content, for each page in a frame as wide as a telephone."""
    probe = site.parent / f"probe-{site.name}.html"
    frames = "".join(f'<iframe width="320" height="600" src="{site.name}/{page}"></iframe>' for page in pages)
    script = (
        "addEventListener('load',()=>{const all=Array.from({length:frames.length},(_,i)=>frames[i]);"
        "document.title=JSON.stringify(all.map(f=>[f.innerWidth,f.document.documentElement.scrollWidth]))})"
    )
    probe.write_text(f"<!DOCTYPE html><title>x</title>{frames}<script>{script}</script>", "utf-8")
    html, _ = chromium(probe.as_uri(), "--dump-dom", "--allow-file-access-from-files", profile=profile)
    found = json.loads(re.search(r"<title>(.*?)</title>", html)[1])
    assert len(found) == len(pages)
    return dict(zip(pages, found, strict=True))


def test_a_page_is_drawn_and_fits_a_telephone(site, tmp_path):
    pages = [
        "index.html",
        "people.html",
        "tolls.html",
        "estimate.html",
        "chronology.html",
        "sources.html",
        "method.html",
        "downloads.html",
    ]
    found = widths(site, pages, tmp_path)
    assert all(inner - 20 <= wide <= inner for inner, wide in found.values()), found


def test_estimates_are_drawn_without_a_message_and_fit_a_telephone(tmp_path):
    view = gather(made(THREE, decision()), title="Testabad 2020")
    site = write_site(view, tmp_path / "estimates").folder
    html, console = chromium((site / "estimate.html").as_uri(), "--dump-dom", profile=tmp_path / "p")
    assert html.count('class="spot"') == len(view.estimates[0].methods)
    assert console == ""
    ((inner, wide),) = widths(site, ["estimate.html"], tmp_path / "p").values()
    assert inner - 20 <= wide <= inner


def test_the_picture_of_a_page_is_not_blank(site, tmp_path):
    from PIL import Image

    shot = tmp_path / "page.png"
    chromium((site / "index.html").as_uri(), f"--screenshot={shot}", "--window-size=320,900", profile=tmp_path / "p")
    with Image.open(shot) as picture:
        assert len(picture.convert("L").getcolors(256) or range(257)) > 16


def test_the_script_folds_names_as_the_package_does(site, tmp_path):
    with EXAMPLE.open(encoding="utf-8", newline="") as file:
        written = [row["name_as_written"] for row in csv.DictReader(file)]
    names = (
        "Жаңаөзен", "Janaozen", "Nasarbajew", "Назарбаєв", "Төлетаева", "Tuletaeva", "Карабалаева", "Qarabalaeva",
        "Żeromski", "Aschigalijewa", "Ажигалиева", "Kulibayev", "Кулибаев", "محمد بن علي", "الأحمد",
        "Sokołowa", "O’Brien", "Čajkovskij",
        "Ermūqan", "Ермұқан", "Dosmağambetov", "Şolpan", "Шолпан", "Yevgeny", "Jelena", "Мухтар", "Straße", "Nikolaïev",
        "Kуpмaнов", "Noor Smirnoff", "Дүйсекенов", "Canaözen", "قازاقستان", "田中",
        *written,
    )  # fmt: skip
    probe = site / ".." / "fold.html"
    scripts = "".join(f'<script src="site/assets/{name}.js"></script>' for name in ("fold-tables", "fold"))
    code = f"document.title=JSON.stringify({json.dumps(names)}.map(esepFold))"
    probe.write_text(f'<!DOCTYPE html><meta charset="utf-8"><title>x</title>{scripts}<script>{code}</script>', "utf-8")
    html, console = chromium(probe.resolve().as_uri(), "--dump-dom", profile=tmp_path)
    assert console == ""
    folded = json.loads(re.search(r"<title>(.*?)</title>", html)[1])
    assert {name: tuple(one) for name, one in zip(names, folded, strict=True)} == {
        name: search_tokens(name) for name in names
    }
