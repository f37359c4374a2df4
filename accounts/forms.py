from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict

from accounts.models import USERNAME_LENGTH, User
from accounts.passwords import LONGEST, SHORTEST, clean_password
from accounts.roles import Role
from accounts.scopes import SCOPES, scopes_of_role
from intake.errors import IntakeError
from intake.text import clean_name
from record.errors import DomainError

TOKEN_DAYS = [(30, "30 days"), (90, "90 days"), (366, "one year")]


class TextField(forms.CharField):
    """One line of text that has passed the door; empty where the field may stay empty."""

    def to_python(self, value: object) -> str:
        if not value:
            return ""
        field, longest = str(self.label), self.max_length or LONGEST
        try:
            return clean_name(value, field=field, max_length=longest)
        except IntakeError as error:
            raise ValidationError(str(error)) from error


class PasswordField(forms.CharField):
    """A password that has passed the door."""

    def __init__(self, *, label: str, autocomplete: str, needed: str, help_text: str = "") -> None:
        super().__init__(
            label=label,
            strip=False,
            help_text=help_text,
            error_messages={"required": needed},
            widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        )

    def to_python(self, value: object) -> str:
        try:
            return clean_password(value) if value else ""
        except DomainError as error:
            raise ValidationError(error.message) from error


class SignInForm(forms.Form):
    username = TextField(
        label="Username",
        max_length=USERNAME_LENGTH,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": "Needed: your username."},
    )
    password = PasswordField(
        label="Password", autocomplete="current-password", needed="Needed: your password."
    )


class NewPasswordForm(forms.Form):
    password = PasswordField(
        label="New password",
        autocomplete="new-password",
        needed="Needed: the password you want.",
        help_text=f"{SHORTEST} to {LONGEST} characters. Three or four words do well.",
    )
    again = PasswordField(
        label="The same once more",
        autocomplete="new-password",
        needed="Needed: the new password once more.",
    )

    def clean_again(self) -> str:
        again = str(self.cleaned_data["again"])
        if again != self.cleaned_data.get("password", again):
            raise ValidationError("The two differ. Type the same password twice.")
        return again


class PasswordChangeForm(NewPasswordForm):
    old_password = PasswordField(
        label="Present password",
        autocomplete="current-password",
        needed="Needed: the password you have now.",
    )
    field_order = ["old_password", "password", "again"]


class InvitationAcceptForm(NewPasswordForm):
    display_name = TextField(
        label="Your name",
        max_length=80,
        required=False,
        help_text="Stands beside what you write. Empty shows your username.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["display_name", "password", "again"]


class InviteForm(forms.Form):
    username = TextField(
        label="Username",
        max_length=USERNAME_LENGTH,
        help_text="1 to 40 of a to z, 0 to 9, dot, dash and underscore. It stays for good.",
        error_messages={"required": "Needed: the username this person will have."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    role = forms.ChoiceField(
        label="Role",
        choices=Role.choices,
        initial=Role.ANALYST,
        error_messages={"invalid_choice": f"Choose a role out of {', '.join(Role.values)}."},
    )
    email = TextField(
        label="E-mail",
        max_length=254,
        required=False,
        help_text="Only a note for administrators: nothing is sent.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class TokenForm(forms.Form):
    name = TextField(
        label="What it is for",
        max_length=80,
        help_text="The name of the script or tool, so that you know later what to revoke.",
        error_messages={"required": "Needed: the name of the script or tool."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(
        label="What it may do",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Needed: at least one thing it may do.",
            "invalid_choice": "Choose out of the list below.",
        },
    )
    days = forms.TypedChoiceField(
        label="How long it lasts",
        choices=TOKEN_DAYS,
        coerce=int,
        initial=90,
        error_messages={"invalid_choice": "Choose one of the three lengths."},
    )

    def __init__(self, data: QueryDict | None = None, *, owner: User) -> None:
        super().__init__(data)
        scopes = self.fields["scopes"]
        if isinstance(scopes, forms.MultipleChoiceField):
            scopes.choices = [(name, SCOPES[name].words) for name in scopes_of_role(owner.role)]


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent; an empty POST is an answer too, and is told what it lacks."""
    return request.POST if request.method == "POST" else None


def refuse(form: forms.Form, error: DomainError) -> None:
    """The form shows the refusal above the field it is about, or above all fields."""
    form.add_error(error.field if error.field in form.fields else None, error.message)


def told_to_wait(page: HttpResponse, seconds: int) -> HttpResponse:
    """429 with the seconds, where somebody has to wait; else the page as it is."""
    if seconds:
        page.status_code = 429
        page["Retry-After"] = str(seconds)
    return page


def status_of(form: forms.Form) -> int:
    return 422 if form.is_bound and form.errors else 200
