"""The other ways out: table, paper, QR picture, link. All from the same summary."""

import csv
import dataclasses
import io
import json
import re
import time
from pathlib import Path

import pandas as pd
import pdfua
import pikepdf
import pypdfium2
import pytest
import segno
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFilter
from tests.handover.conftest import KNOWN, checks, everything, person
from tests.handover.test_summary import WIDE, built
from tests.sharing.conftest import NOON, Clock

from screening.domain.answers import Activity, Ending, PainAnswers
from screening.domain.answers import TestPain as Hurt
from screening.errors import SharingOff, StoreDown, TooOften
from screening.services import pdf, qr, tables
from screening.services.assessment import assess
from screening.services.fhir import USUAL
from screening.services.handover import Counter
from screening.services.questionnaires import answer_text
from screening.services.share_codes import code_texts
from screening.services.summary import Detail, summarise
from screening.sharing import crypto, link
from screening.sharing.limits import Quota
from screening.sharing.store import Store

CELLS = json.loads((Path(__file__).resolve().parents[1] / "vectors/share/files/csv-cells.json").read_text())
BASE = "https://hip.example.org"
LONG = f"{BASE}/v#shlink:/" + "Ab1_" * 64


def summary_of(told, detail=Detail.SUMMARY):
    return summarise(assess(told, KNOWN), told, KNOWN, detail=detail)


@pytest.fixture(scope="module")
def tested():
    hurt = Hurt(before=1, during=2, after=1)
    return person(
        attempts=everything(most=True, pain=hurt, tests=[t for t in KNOWN.selftests if "standard" in t.sets])
    )


# --- Table ---


@pytest.mark.parametrize("case", CELLS["cases"], ids=lambda case: repr(case["in"]))
def test_a_cell_is_a_number_or_words_and_never_a_formula(case):
    assert tables.cell(case["in"]) == case["cell"]


@WIDE
@given(checks())
def test_the_table_holds_what_the_document_holds(told):
    for detail in Detail:
        raw = tables.to_csv(summary_of(told, detail), KNOWN)
        rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
        document = built(told, detail)
        values = {}
        for each in (entry["resource"] for entry in document["entry"]):
            if each["resourceType"] == "Observation":
                site = each.get("bodySite", {}).get("coding", [{}])[0].get("code", "")
                side = site.removeprefix("side-") if site.startswith("side-") else ""
                value = each.get("valueInteger", each.get("valueQuantity", {}).get("value"))
                values[each["code"]["coding"][-1]["code"], side] = value
        assert raw.startswith(b"\xef\xbb\xbfcode,text,value,unit,side,when,note\r\n")
        assert {row["when"] for row in rows} == {"2026-11-22"}
        for (code, side), value in values.items():
            (row,) = [row for row in rows if (row["code"], row["side"]) == (code, side)]
            assert (float(row["value"]) if row["value"] else None) == (
                None if value is None else pytest.approx(value)
            )


def test_pandas_reads_the_table_back(tested):
    frame = pd.read_csv(io.BytesIO(tables.to_csv(summary_of(tested), KNOWN)), encoding="utf-8-sig")

    assert list(frame.columns) == list(tables.COLUMNS)
    assert frame.loc[frame.code == "sls", "value"].tolist() == [45.0, 45.0]


# --- QR ---


def picture(svg, pixels=472):
    """Draw the squares of the picture as a scanner sees them at 40 mm and 300 dpi."""
    size = int(re.search(r'width="(\d+)"', svg)[1])
    modules = int(re.search(r'viewBox="0 0 (\d+)', svg)[1]) if "viewBox" in svg else size // 4
    drawn = Image.new("L", (modules * 8, modules * 8), 255)
    pen = ImageDraw.Draw(drawn)
    for path in re.findall(r'class="qrline"[^>]*d="([^"]+)"', svg):
        x = y = 0.0
        for kind, numbers in re.findall(r"([Mmh])([-\d. ]+)", path):
            steps = [float(each) for each in re.findall(r"-?[\d.]+", numbers)]
            if kind == "M":
                x, y = steps
            elif kind == "m":
                x, y = x + steps[0], y + steps[1]
            else:
                pen.rectangle([x * 8, (y - 0.5) * 8, (x + steps[0]) * 8 - 1, (y + 0.5) * 8 - 1], fill=0)
                x += steps[0]
    return drawn.resize((pixels, pixels))


@pytest.mark.parametrize("how", ["as it is", "blurred", "tilted"])
def test_another_reader_reads_the_picture(how):
    drawn = picture(qr.to_svg(LONG, title="Link"))
    if how == "blurred":
        drawn = drawn.filter(ImageFilter.GaussianBlur(1))
    if how == "tilted":
        drawn = drawn.resize((944, 944)).rotate(15, expand=True, fillcolor=255)

    (found,) = zxingcpp.read_barcodes(drawn)

    assert found.text == LONG


def test_the_picture_is_of_level_m_with_its_quiet_border_and_not_too_dense():
    longest = link.with_viewer(
        "https://" + "h" * 74 + "/v",
        link.payload("https://" + "h" * 74, "A" * 43, "B" * 43, 1795960800, code=True),
    )
    made = segno.make(longest, error="m", boost_error=False, micro=False)

    assert made.error == "M"
    assert made.version <= 16
    assert segno.make(LONG, error="m", boost_error=False).version <= 15
    svg = qr.to_svg("https://a.example", title="A <link>")
    assert "A &lt;link&gt;" in svg
    assert 'fill="#fff"' in svg
    assert "#000" in svg


# --- Paper ---


def words(raw):
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(raw)]
    return [re.sub(r"\s+", " ", page) for page in pages]


def everyone(ending=Ending.DONE, *, most=False, own=False):
    """The paper with the most on it: every test there is, every answer, a link, a clinic."""
    told = person(
        attempts=tuple(
            dataclasses.replace(each, tries=each.tries * 3)
            for each in everything(ending, most=most, pain=Hurt(before=2, during=2, after=2))
        ),
        activity=Activity(days_per_week=5, minutes_per_day=33),
    )
    lines = ("Your answers fit a common pattern.",) * 4 if own else ()
    return told, pdf.Extras(clinic="Riverside", phone="+1 617 555 0100", link=LONG, own_lines=lines)


EXTREMES = {
    "nothing done": (person(), None),
    "no pain": (person(spots=("spot-none",), worst=None, pain=PainAnswers()), None),
    "all at the lowest": everyone(),
    "all at the cap, own copy": everyone(most=True, own=True),
    **{f"all {ending.value}": everyone(ending) for ending in Ending if ending != Ending.DONE},
}


@pytest.mark.parametrize("detail", Detail)
@pytest.mark.parametrize("name", EXTREMES)
def test_the_paper_is_tagged_small_and_whole_whatever_is_on_it(name, detail, tmp_path):
    """By pdfua, by qpdf (inside pikepdf), and by our own look at fonts and tags."""
    told, extras = EXTREMES[name]
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf.to_pdf(summary_of(told, detail), KNOWN, extras))

    report = pdfua.validate(str(path))
    assert report.findings == ()
    assert {each.rule_id for each in report.skipped} <= {"UA-14-001"}, "that rule trips over its own library"
    assert path.stat().st_size < 100_000
    with pikepdf.open(path) as found:
        assert found.check_pdf_syntax() == []
        assert found.Root.MarkInfo.Marked
        assert str(found.Root.Lang) == "en"
        title = "Hip, knee and low back self-check, done at home. Not a medical exam."
        assert str(found.docinfo["/Title"]) == title
        assert b"pdfuaid" in found.Root.Metadata.read_bytes()
        assert len(found.pages) in ({2} if detail == Detail.SUMMARY else {2, 3})
        fonts = [
            each
            for each in found.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"
        ]
        assert fonts
        assert all("/FontFile2" in each or "/FontFile3" in each for each in fonts)
        stamps = [str(found.docinfo.get(key, "")) for key in ("/CreationDate", "/ModDate")]
        assert not [each for each in stamps if "2026" in each]


def test_a_broken_or_untagged_paper_would_be_seen(tested, tmp_path):
    path = tmp_path / "paper.pdf"
    with pikepdf.open(io.BytesIO(pdf.to_pdf(summary_of(tested), KNOWN))) as found:
        del found.Root["/StructTreeRoot"]
        del found.Root["/Lang"]
        found.save(path)
    raw = path.read_bytes()

    assert {each.rule_id for each in pdfua.validate(str(path)).findings} == {"UA-01-005", "UA-06-001"}
    path.write_bytes(raw[: len(raw) // 2])
    with pytest.raises(pikepdf.PdfError), pikepdf.open(path, attempt_recovery=False):
        pass


def test_the_paper_takes_a_moment(tested):
    summary, extras = summary_of(tested), pdf.Extras(link=LONG)
    pdf.to_pdf(summary, KNOWN, extras)

    took = []
    for _ in range(3):
        began = time.process_time()
        pdf.to_pdf(summary, KNOWN, extras)
        took.append(time.process_time() - began)

    assert min(took) < 0.3


@WIDE
@given(checks(), st.sampled_from(Detail))
def test_the_paper_says_the_values_of_the_document(told, detail):
    summary = summary_of(told, detail)
    first, *_, last = words(pdf.to_pdf(summary, KNOWN))
    text = " ".join(words(pdf.to_pdf(summary, KNOWN))[:-1])
    names = code_texts("en")

    assert first.startswith("Hip, knee and low back self-check")
    for item in summary.items:
        assert names[item.measure] in text
        if item.value is not None:
            assert pdf.amount(item, pdf.speaker("en")) in text
            assert pdf.amount(item, pdf.speaker("en")) in last
        if item.reason or item.band:
            assert names[item.reason or item.band] in text
    for gap in summary.comparisons:
        assert names[gap.code] in text
    for each in summary.answers:
        for value in each.values:  # noqa: PD011 - no table
            assert answer_text(each.question, value, KNOWN.instruments, pdf.speaker("en")) in text
    if summary.activity is not None:
        assert all(names[code] in text for code, _, _ in USUAL)


def test_one_page_for_the_therapist_and_one_for_the_person(tested):
    first, second = words(pdf.to_pdf(summary_of(tested), KNOWN, pdf.Extras(phone="+1 617 555 0100")))

    assert "Home tests, timed and counted by the person" in first
    assert "app 0.1.0" in first
    assert "Springer 2007" in first
    assert "+1 617 555 0100" in second
    assert "In an emergency, call 911." in second
    assert "Only in your own copy" not in second


def test_patterns_and_age_stand_only_in_the_persons_own_copy(tested):
    extras = pdf.Extras(own_lines=("Your answers fit a common pattern.", "Compared with people of 40."))

    shared = " ".join(words(pdf.to_pdf(summary_of(tested), KNOWN)))
    own = words(pdf.to_pdf(summary_of(tested), KNOWN, extras))

    assert "pattern" not in shared
    assert "pattern" not in own[0]
    assert "Your answers fit a common pattern." in own[1]


HOSTILE = '#read("/etc/passwd") #import "@preview/x:1.0.0" $x$ *b* _i_ ] [ " \\ = x @y <z> `c` // d'


def test_what_looks_like_a_command_is_words(tested):
    text = words(pdf.to_pdf(summary_of(tested), KNOWN, pdf.Extras(clinic=HOSTILE)))[1]

    assert HOSTILE.replace(" ", "") in text.replace(" ", "")
    assert "root:" not in text


def test_the_qr_on_paper_holds_the_link_and_nothing_else(tested):
    raw = pdf.to_pdf(summary_of(tested), KNOWN, pdf.Extras(link=LONG))

    page = pypdfium2.PdfDocument(raw)[1].render(scale=300 / 72).to_pil()

    assert [each.text for each in zxingcpp.read_barcodes(page)] == [LONG]
    copied = pypdfium2.PdfDocument(raw)[1].get_textpage().get_text_range()
    assert LONG in re.sub(r"[\r\n]", "", copied)
    assert pypdfium2.PdfDocument(pdf.to_pdf(summary_of(tested), KNOWN))[1].render().to_pil()


# --- Link ---


@pytest.fixture
def clock():
    return Clock(NOON)


@pytest.fixture
def store(tmp_path, clock):
    new = Store(f"sqlite:///{tmp_path / 'share.db'}", clock=clock)
    yield new
    new.close()


@pytest.mark.parametrize("code", [False, True])
@pytest.mark.parametrize("days", [1, 7, 30])
def test_a_link_opens_to_the_very_document_and_its_parts_fit_together(store, clock, tested, days, code):
    document = built(tested, Detail.ANSWERS)

    made = Counter(store, BASE, clock=clock).make(document, days=days, code=code, quota=Quota())

    read = link.read(made.link)
    share_id = read.url.rpartition("/")[2]
    jwe = store.fetch_with(share_id, made.code) if code else store.fetch(share_id)
    assert json.loads(crypto.unseal(jwe, read.key)[1]) == document
    assert (read.code, read.expires) == (code, made.expires)
    assert made.expires == NOON + days * 86_400
    assert link.read(made.bare) == read
    assert (made.code is not None) == code
    assert not made.code or (len(made.code) == 6 and made.code not in made.link + made.stop_link + made.bare)
    stop_id, token = made.stop_link.rpartition(":")[2].split(".")
    assert stop_id == share_id
    assert token not in made.link
    assert link.encode(read.key) not in made.stop_link
    assert store.status(share_id, token).expires == made.expires
    assert str(made) == f"Made(expires={made.expires})"


@pytest.mark.parametrize("days", [0, 2, 8, 31, 90, -1, True])
def test_no_other_number_of_days(store, clock, days):
    with pytest.raises(ValueError, match="days"):
        Counter(store, BASE, clock=clock).make({}, days=days, code=False, quota=Quota())


def test_the_sixth_link_waits_and_keeps_no_row(store, clock):
    counter, quota = Counter(store, BASE, clock=clock), Quota()
    made = [counter.make({}, days=1, code=False, quota=quota) for _ in range(5)]

    with pytest.raises(TooOften) as often:
        counter.make({}, days=1, code=False, quota=quota)

    assert often.value.wait_s == 600
    assert len({each.link for each in made}) == 5
    with store._opened().connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM share").scalar() == 5
    assert counter.make({}, days=1, code=False, quota=Quota())


def test_what_was_not_made_is_not_counted(store, clock, monkeypatch):
    quota = Quota()
    monkeypatch.setattr(store, "create", lambda *_: (_ for _ in ()).throw(StoreDown()))

    with pytest.raises(StoreDown):
        Counter(store, BASE, clock=clock).make({}, days=1, code=False, quota=quota)

    assert quota.made == []


@pytest.mark.parametrize(("with_store", "base"), [(False, BASE), (True, None)])
def test_without_a_store_or_an_address_sharing_is_off(store, with_store, base):
    with pytest.raises(SharingOff):
        Counter(store if with_store else None, base).make({}, days=1, code=False, quota=Quota())


def test_every_ending_is_said_on_paper():
    for ending, said in (
        (Ending.STOPPED_FOR_PAIN, "Stopped because of pain"),
        (Ending.COULD_NOT, "Could not do it"),
        (Ending.STOPPED_OTHER, "Stopped for another reason"),
    ):
        told = person(attempts=everything(ending, tests=[KNOWN.selftests["sls"]]))
        first = words(pdf.to_pdf(summary_of(told), KNOWN))[0]
        assert first.count(said) == 2
        assert "Not done: Slow step down" in first
