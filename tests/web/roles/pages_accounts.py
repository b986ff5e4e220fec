"""Who opens the pages of the own account: everybody his own, strangers those of sign-in.

Pages of allauth that need a step before (a code that was asked for, a key that is there)
lead elsewhere without it; they are asked here as somebody who comes straight.
"""

from __future__ import annotations

from expectation import EVERYBODY, Page, public

OWN = Page(EVERYBODY)
NOT_SET_UP = Page(EVERYBODY, is_unknown=True)

PAGES = {
    "healthz": public(),
    "readyz": public(),
    "profile": OWN,
    "choose_language": public(method="post"),
    "join": public("no-such-link"),
    "account_login": public(),
    "account_logout": OWN,
    "account_inactive": public(),
    "account_reauthenticate": OWN,
    "account_change_password": OWN,
    "account_set_password": OWN,
    "account_reset_password": public(),
    "account_reset_password_done": public(),
    "account_reset_password_from_key": public("x", "y"),
    "account_reset_password_from_key_done": public(),
    "openid_connect_login": public("no-such-provider"),
    "openid_connect_callback": public("no-such-provider"),
    "socialaccount_login_cancelled": public(),
    "socialaccount_login_error": public(),
    "usersessions_list": OWN,
    "mfa_index": OWN,
    "mfa_authenticate": public(),
    "mfa_reauthenticate": OWN,
    "mfa_activate_totp": OWN,
    "mfa_deactivate_totp": NOT_SET_UP,
    "mfa_view_recovery_codes": NOT_SET_UP,
    "mfa_generate_recovery_codes": OWN,
    "mfa_download_recovery_codes": NOT_SET_UP,
    "mfa_list_webauthn": OWN,
    "mfa_add_webauthn": OWN,
    "mfa_edit_webauthn": Page(EVERYBODY, (0,)),
    "mfa_remove_webauthn": Page(EVERYBODY, (0,)),
    "mfa_reauthenticate_webauthn": OWN,
    "mfa_login_webauthn": public(),
}
