"""What the documents for hosts must say."""

import pytest
from tests.server import ROOT

HOSTING = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("law", ["HIPAA", "Health Breach Notification", "My Health My Data", "GDPR", "UKCA"])
def test_whoever_hosts_it_is_told_which_laws_to_ask_about(law: str) -> None:
    duties = HOSTING.split("## Which law may make you responsible", 1)[1].split("\n## ", 1)[0]

    assert law in " ".join(duties.split())
