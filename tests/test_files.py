import pytest

from bot.files import Sealed, Vault, vault_of

FILM = b"\x00\x00\x00\x20ftypisom" + bytes(range(256)) * 40


def test_what_is_kept_shows_nothing_and_opens_again() -> None:
    vault = Vault("a secret key of thirty-two characters")
    sealed = vault.seal(FILM, "1/abc")
    assert FILM[:16] not in sealed
    assert sealed != vault.seal(FILM, "1/abc"), "the same file twice does not look the same"
    assert vault.open(sealed, "1/abc") == FILM
    assert Vault("a secret key of thirty-two characters").open(sealed, "1/abc") == FILM, "after a restart too"


def test_nothing_opens_with_another_key_changed_cut_or_under_another_name() -> None:
    vault = Vault("a secret key of thirty-two characters")
    sealed = vault.seal(FILM, "1/abc")
    with pytest.raises(Sealed):
        Vault("another secret key of this length!!!").open(sealed, "1/abc")
    for wrong in (sealed[:-1] + bytes([sealed[-1] ^ 1]), sealed[:20], b"", FILM):
        with pytest.raises(Sealed):
            vault.open(wrong, "1/abc")
    with pytest.raises(Sealed):
        vault.open(sealed, "2/abc")


def test_without_a_secret_key_there_is_no_vault() -> None:
    assert vault_of("") is None
