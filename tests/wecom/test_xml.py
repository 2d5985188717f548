import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wecom.xml import Unreadable, read
from tests.fakes.wecom import xml

BOMB = b"""<?xml version="1.0"?><!DOCTYPE xml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><xml><Encrypt>&c;</Encrypt></xml>"""


def test_words_numbers_and_lists_are_read() -> None:
    root = read(
        b"<xml><A><![CDATA[\xe7\x8e\x8b <b> & ]]></A><N> 12 </N><L><I>1</I><I>2</I></L><L><I>3</I></L><Empty/></xml>"
    )
    assert (root.word("A"), root.word("N"), root.word("Empty"), root.word("None")) == ("王 <b> &", "12", "", "")
    assert [each.text for each in root.every("L", "I")] == ["1", "2", "3"]
    assert root.every("A", "B") == []


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"not xml",
        b"<xml>",
        b"<xml></xml><xml></xml>",
        b"<xml>\xff</xml>",
        b"<?xml version='1.0' encoding='nonsense'?><xml/>",
        BOMB,
        BOMB.decode().encode("utf-16"),  # what a search for bytes would not find
        b"<!DOCTYPE xml><xml/>",
        b'<!DOCTYPE xml SYSTEM "file:///etc/passwd"><xml/>',
        b'<!DOCTYPE x [<!ENTITY % p SYSTEM "http://169.254.169.254/">%p;]><xml/>',
        b"<xml>&undeclared;</xml>",
        b"<a>" * 100_000,
    ],
)
def test_what_declares_anything_or_is_no_xml_is_not_read(document: bytes) -> None:
    with pytest.raises(Unreadable):
        read(document)


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=50)


@given(WORDS, st.lists(WORDS, max_size=4))
def test_what_the_fake_writes_is_read(word: str, options: list[str]) -> None:
    root = read(xml.write({"Content": word, "OptionIds": {"OptionId": options}, "AgentID": 7}).encode())
    assert root.word("Content") == word.strip()
    assert [each.text for each in root.every("OptionIds", "OptionId")] == options
    assert root.word("AgentID") == "7"
