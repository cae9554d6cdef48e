"""The settings of sending and the password: what is read, and what is refused with the file's name and the remedy."""

from __future__ import annotations

from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend

from addin.errors import RequestProblem
from addin.mail.settings import MailSettings, load_settings, mail_password

BARE = 'host = "smtp.school.example"\nsender = "t@school.example"\n'


def written(home: Path, text: str) -> Path:
    path = home / "mail.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_key_is_read(markbook_home: Path) -> None:
    written(
        markbook_home,
        BARE
        + 'sender_name = "T. Example"\nsecurity = "tls"\nuser = "t"\nallowed_domains = ["School.example", "@trust.example"]\n'
        'largest_mb = 12.5\nca_file = "ca.pem"\ntimeout = 5\n',
    )
    assert load_settings(to_send=True) == MailSettings(
        host="smtp.school.example", port=465, security="tls", sender="t@school.example", sender_name="T. Example", user="t",
        allowed_domains=("school.example", "trust.example"), largest_mb=12.5, ca_file=markbook_home / "ca.pem", timeout=5,
    )  # fmt: skip


def test_the_documented_file_is_read_as_it_stands(markbook_home: Path) -> None:
    """The example in the module's own text: every line of it is a setting that counts."""
    import addin.mail.settings

    lines = [line for line in str(addin.mail.settings.__doc__).splitlines() if line.startswith("    ")]
    written(markbook_home, "\n".join(lines))
    settings = load_settings(to_send=True)
    assert len(lines) == len(MailSettings.__dataclass_fields__)
    assert (settings.port, settings.allowed_domains) == (587, ("school.example",))


def test_without_a_file_drafts_have_the_defaults(markbook_home: Path) -> None:
    assert load_settings() == MailSettings()
    with pytest.raises(RequestProblem, match="no settings for sending"):
        load_settings(to_send=True)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('sender = "t@school.example"', "host is missing"), ('host = "a.example"', "sender is missing"),
        ("host = ", "cannot be read"), (BARE + BARE, "cannot be read"), (BARE + "port = 0", "port must be"),
        (BARE + "port = 70000", "port must be"), (BARE + "port = 25.5", "port must be"), (BARE + 'port = "587"', "port must be"),
        (BARE + "port = true", "port must be"), (BARE + 'security = "none"', "security must"),
        (BARE + "timeout = -1", "timeout must be"), (BARE + "timeout = 1e9", "timeout must be"),
        (BARE + "largest_mb = nan", "largest_mb"), (BARE + "allowed_domains = 'school.example'", "allowed_domains must"),
        (BARE + "allowed_domains = [1]", "allowed_domains must"), (BARE + 'pasword = "x"', "'pasword' is no setting"),
        (BARE + 'password = "x"', "keyring"), ('host = "a"\nsender = "T <t@school.example>"', "sender must be"),
        (BARE + 'user = "a\\nb"', "user must be"), (BARE + "user = 1", "user must be"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_the_file(markbook_home: Path, text: str, told: str) -> None:
    path = written(markbook_home, text)
    with pytest.raises(RequestProblem) as error:
        load_settings(to_send=True)
    assert told in str(error.value)
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)


class Drawer(KeyringBackend):
    """A keyring of one password, kept by the real keyring library."""

    priority = 1.0  # type: ignore[assignment]

    def get_password(self, service: str, username: str) -> str | None:
        return "from the keyring" if (service, username) == ("maths-markbook", "t") else None

    def set_password(self, service: str, username: str, password: str) -> None:
        raise NotImplementedError


def test_the_password_is_that_of_the_environment_else_of_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(Drawer())
    try:
        monkeypatch.delenv("MARKBOOK_MAIL_PASSWORD", raising=False)
        assert mail_password("t") == "from the keyring"
        with pytest.raises(RequestProblem, match="keyring set maths-markbook other"):
            mail_password("other")
        monkeypatch.setenv("MARKBOOK_MAIL_PASSWORD", "from the environment")
        assert mail_password("t") == "from the environment"
    finally:
        keyring.set_keyring(before)


def test_a_keyring_whose_backend_is_missing_gives_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> object:
        raise ModuleNotFoundError("No module named 'dbus'")

    monkeypatch.delenv("MARKBOOK_MAIL_PASSWORD", raising=False)
    monkeypatch.setattr("keyring.core.get_keyring", broken)
    with pytest.raises(RequestProblem, match=r"keyring cannot be used \(No module named 'dbus'\).*Nothing was sent"):
        mail_password("t")
