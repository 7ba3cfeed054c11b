"""The filters on one screen: three days and the publishers, each with a sentence where it cannot be used."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import ModalScreen
from textual.suggester import Suggester
from textual.widgets import Button, Input, Label, Static

from assistant.errors import BadInput
from tui.completing import completions
from tui.modal import Frame, note
from tui.scopes import Bound, bounded, checked, described, published_by, unknown_publisher
from tui.state import Scope

_UNFINISHED = re.compile(r"\d{0,4}(-\d{0,2}(-\d{0,2})?)?", re.ASCII)
_DAY = len("2026-01-26")
_BOUNDS: tuple[Bound, ...] = ("as-of", "since", "until")
_LABELS = {
    "as-of": ("As of", "YYYY-MM-DD: what was known by then"),
    "since": ("Published since", "YYYY-MM-DD"),
    "until": ("Published until", "YYYY-MM-DD"),
    "publisher": ("Publishers", "all; a semicolon between two"),
}


def chosen(typed: Mapping[str, str], known: Sequence[str]) -> Scope:
    """The scope that was typed, by the name of its field. Raises BadInput with a sentence for what is wrong."""
    scope = Scope()
    for bound in _BOUNDS:
        scope = _bounded(scope, bound, typed[bound])
    scope = published_by(checked(scope), typed["publisher"])
    if wrong := unknown_publisher(scope.publishers, known):
        raise BadInput(wrong)
    return scope


def _bounded(scope: Scope, bound: Bound, typed: str) -> Scope:
    try:
        return bounded(scope, bound, typed)
    except BadInput as error:
        raise BadInput(str(error).replace(f"/{bound}", _LABELS[bound][0])) from error


def mistakes(typed: Mapping[str, str], known: Sequence[str], *, typing: str | None = None) -> dict[str, str]:
    """A sentence for each field that cannot be used, by its name. What is still being typed in the field `typing` is
    given time: its sentence is empty.
    """
    wrong = {name: _mistake(name, text, known) for name, text in typed.items()}
    wrong = {
        name: "" if name == typing and _may_become(name, typed[name]) else said for name, said in wrong.items() if said
    }
    if wrong:
        return wrong
    try:
        chosen(typed, known)
    except BadInput as error:
        return {"until": str(error)}
    return {}


def _mistake(name: str, text: str, known: Sequence[str]) -> str:
    if name == "publisher":
        return unknown_publisher(published_by(Scope(), text).publishers, known)
    try:
        _bounded(Scope(), cast("Bound", name), text)
    except BadInput as error:
        return str(error)
    return ""


def _may_become(name: str, text: str) -> bool:
    """Whether going on could make it a day, or the name of a publisher."""
    return name == "publisher" or (len(text) < _DAY and _UNFINISHED.fullmatch(text) is not None)


def meaning(typed: Mapping[str, str]) -> str:
    """What fields without a mistake come to."""
    return described(chosen(typed, ())) or "All articles count."


class _Suggesting(Suggester):
    """Goes on with a value as the slash command of the same name would."""

    def __init__(self, name: str, publishers: Sequence[str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._name = name
        self._publishers = publishers

    async def get_suggestion(self, value: str) -> str | None:
        start = f"/{self._name} "
        lines = (one.line for one in completions(start + value, publishers=self._publishers))
        return next((line[len(start) :] for line in lines if line.startswith(start + value)), None)


class FiltersScreen(ModalScreen[Scope | None]):
    """Ends with the scope that was chosen, or None where nothing shall change."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Close"),
        Binding("ctrl+s", "apply", "Apply"),
        Binding("down", "app.focus_next", "Next", show=False),
        Binding("up", "app.focus_previous", "Previous", show=False),
    ]
    DEFAULT_CSS = """
    FiltersScreen { align: center middle; }
    FiltersScreen .field { height: 1; margin: 1 1 0 1; }
    FiltersScreen Label { width: 18; }
    FiltersScreen Input { width: 1fr; background: $panel; }
    FiltersScreen .said { color: $text-error; margin: 0 1 0 19; display: none; }
    FiltersScreen .said.wrong { display: block; }
    FiltersScreen #meant { margin: 1 0 0 0; }
    FiltersScreen .buttons { height: auto; margin: 1 1 0 1; }
    FiltersScreen Button { margin: 0 1 0 0; }
    """

    def __init__(self, scope: Scope, *, publishers: Sequence[str] = (), first: str = "as-of") -> None:
        """`first` names the field that has the focus."""
        super().__init__()
        self._scope = scope
        self._publishers = publishers
        self._first = first if first in _LABELS else "as-of"

    def compose(self) -> ComposeResult:
        with Frame("Filters", "Enter applies · ↑ ↓ move · → takes the suggestion · Esc closes"):
            for name, value in self._values():
                yield from self._field(name, value)
            yield note("", id="meant")
            with Horizontal(classes="buttons"):
                yield Button("Apply", variant="primary", id="apply", compact=True)
                yield Button("Lift all", id="lift", compact=True)
                yield Button("Cancel", id="cancel", compact=True)

    def _values(self) -> Iterator[tuple[str, str]]:
        scope = self._scope
        for name, when in (("as-of", scope.as_of), ("since", scope.since), ("until", scope.until)):
            yield name, when.isoformat() if when else ""
        yield "publisher", "; ".join(scope.publishers)

    def _field(self, name: str, value: str) -> ComposeResult:
        label, hint = _LABELS[name]
        with Horizontal(classes="field"):
            yield Label(label)
            suggester = _Suggesting(name, self._publishers)
            yield Input(value, placeholder=hint, suggester=suggester, id=name, compact=True)
        yield Static("", classes="said", id=f"{name}-said", markup=False)

    def on_mount(self) -> None:
        self.query_one(f"#{self._first}", Input).focus()
        self._look()

    @on(Input.Changed)
    def _changed(self) -> None:
        self._look()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_apply()

    @on(Button.Pressed, "#apply")
    def _pressed_apply(self) -> None:
        self.action_apply()

    @on(Button.Pressed, "#lift")
    def _pressed_lift(self) -> None:
        self.dismiss(Scope())

    @on(Button.Pressed, "#cancel")
    def _pressed_cancel(self) -> None:
        self.dismiss(None)

    def action_apply(self) -> None:
        """Ends where everything can be used; otherwise says what cannot."""
        typed = self._typed()
        if not self._told(mistakes(typed, self._publishers)):
            self.dismiss(chosen(typed, self._publishers))

    def _typed(self) -> dict[str, str]:
        return {name: self.query_one(f"#{name}", Input).value for name in _LABELS}

    def _look(self) -> None:
        focused = self.focused.id if isinstance(self.focused, Input) else None
        self._told(mistakes(self._typed(), self._publishers, typing=focused))

    def _told(self, wrong: Mapping[str, str]) -> bool:
        """Shows each mistake below its field, or what the filters mean; and says whether there is a mistake."""
        for name in _LABELS:
            said = self.query_one(f"#{name}-said", Static)
            said.update(wrong.get(name, ""))
            said.set_class(bool(wrong.get(name)), "wrong")
        self.query_one("#meant", Static).update("" if wrong else meaning(self._typed()))
        return any(wrong.values())
