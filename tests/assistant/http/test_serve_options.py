"""What `crosscheck serve` refuses before it listens, each with a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.main import get_command

from assistant.commands.serve import app
from assistant.errors import BadInput
from assistant.http import server
from assistant.http.options import ServerOptions
from assistant.http.tokens import loopback, read, refuse_open
from assistant.settings import load

TOKEN = "a-token-of-the-tests-0001"


def refused(*flags: str) -> str:
    with pytest.raises(BadInput) as told:
        get_command(app).main([*flags], standalone_mode=False)
    return str(told.value)


def chosen(workspace: Path, monkeypatch: pytest.MonkeyPatch, *flags: str) -> ServerOptions:
    """The options that a server would be made with."""
    given: list[ServerOptions] = []
    monkeypatch.setattr(server, "serve", lambda options, open_desk, *, say: given.append(options))
    get_command(app).main(["--workspace", str(workspace), *flags], standalone_mode=False)
    return given[0]


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1"])
def test_others_are_refused_without_a_token(host: str) -> None:
    assert refused("--host", host).startswith(f"'{host}' can be reached from other machines, so a token is needed.")


def test_a_weak_token_is_refused_and_not_shown(tmp_path: Path) -> None:
    (tmp_path / "tokens").write_text("# of the newsroom\nhush-hush\n")
    told = refused("--token-file", str(tmp_path / "tokens"))
    assert "fewer than 16 characters" in told
    assert "hush" not in told


def test_a_file_without_a_token_is_no_way_to_do_without(tmp_path: Path) -> None:
    (tmp_path / "tokens").write_text("# none yet\n")
    assert refused("--token-file", str(tmp_path / "tokens")).startswith("There is no token in")


def test_a_file_that_cannot_be_read_is_named() -> None:
    assert refused("--token-file", "nowhere").startswith("The tokens cannot be read from 'nowhere'")


@pytest.mark.parametrize("origin", ["example.org", "https://example.org/", "https://example.org/page", "file:///", ""])
def test_what_is_no_origin_is_refused(origin: str, sample_workspace: Path) -> None:
    told = refused("--workspace", str(sample_workspace), "--cors", origin)
    assert told.startswith(f"{origin!r} is no origin.")


def test_a_name_that_nobody_knows_is_refused() -> None:
    assert refused("--host", "no.such.name.invalid").startswith("There is no address 'no.such.name.invalid'")


def test_a_log_that_cannot_be_written_is_named(sample_workspace: Path) -> None:
    told = refused("--workspace", str(sample_workspace), "--log-file", "no/such/folder/log")
    assert told.startswith("The log 'no/such/folder/log' cannot be written")


def test_tokens_come_from_the_environment_and_a_file_together(tmp_path: Path) -> None:
    (tmp_path / "tokens").write_text(f"{'b' * 20}\n\n{TOKEN}\n")
    environment = {"CROSSCHECK_TOKENS": f"{TOKEN}, {'c' * 20}"}
    assert read(tmp_path / "tokens", environment) == (TOKEN, "c" * 20, "b" * 20)


def test_tokens_are_no_setting_and_part_of_no_answer() -> None:
    assert load({}, environment={"CROSSCHECK_TOKENS": TOKEN}) == load({}, environment={})


def test_only_addresses_of_this_machine_are_loopback() -> None:
    assert all(loopback(host) for host in ("localhost", "127.0.0.1", "127.8.8.8", "::1"))
    assert not any(loopback(host) for host in ("", "0.0.0.0", "::", "10.0.0.1"))
    refuse_open("0.0.0.0", [TOKEN])


def test_without_tokens_it_answers_to_loopback_names_alone(
    sample_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = chosen(sample_workspace, monkeypatch, "--allow-host", "clippings.example")
    assert set(options.hosts) == {"localhost", "127.0.0.1", "::1", "clippings.example"}
    monkeypatch.setenv("CROSSCHECK_TOKENS", TOKEN)
    assert chosen(sample_workspace, monkeypatch, "--host", "0.0.0.0").hosts == ()


def test_it_reads_only_unless_told_otherwise(sample_workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not chosen(sample_workspace, monkeypatch).writing
    assert chosen(sample_workspace, monkeypatch, "--allow-writing").writing
