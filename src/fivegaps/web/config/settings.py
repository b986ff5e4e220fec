"""Django's settings, all from :mod:`fivegaps.web.config.environment`; importing writes nothing."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF

from fivegaps.web.config.database.choice import database
from fivegaps.web.config.environment import read_environment, secret_key
from fivegaps.web.config.mail import mail
from fivegaps.web.config.single_sign_on import identity_provider, provider_settings
from fivegaps.web.config.static import fingerprint, immutable

ENVIRONMENT = read_environment()
WEB = Path(__file__).resolve().parent.parent

DEBUG = ENVIRONMENT.debug
SECRET_KEY = secret_key(ENVIRONMENT)
ALLOWED_HOSTS = list(ENVIRONMENT.allowed_hosts)
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.public_url]
PUBLIC_URL = ENVIRONMENT.public_url

# Lower floors first: an app reaches only what stands before it (import-linter checks).
OWN_APPS = [
    "fivegaps.web.shared",
    "fivegaps.web.accounts",
    "fivegaps.web.people",
    "fivegaps.web.surveys",
    "fivegaps.web.collecting",
    "fivegaps.web.privacy",
    "fivegaps.web.dashboards",
    "fivegaps.web.api",
]
INSTALLED_APPS = [
    *OWN_APPS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "fivegaps.web.surveys.strangers.StrangersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "fivegaps.web.people.middleware.MemberMiddleware",
]
ROOT_URLCONF = "fivegaps.web.config.urls"
WSGI_APPLICATION = "fivegaps.web.config.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "fivegaps.web.people.context.office",
            ],
            "builtins": ["fivegaps.web.shared.templatetags.office"],
        },
    }
]

DATABASES = {"default": database(ENVIRONMENT.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Guesses at passwords are counted here, so the count outlives a restart and serves all processes.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
    }
}

# Texts. The language of messages without translation is always English: an office in
# Vietnamese must not answer an English reader in Vietnamese.
USE_I18N = True
USE_TZ = True
TIME_ZONE = ENVIRONMENT.time_zone
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("vi", "Tiếng Việt"),
    ("zh-hans", "简体中文"),
    ("zh-hant", "繁體中文"),
    ("nl", "Nederlands"),
]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = ENVIRONMENT.secure
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600

# Files of our own, straight from the packages; nothing is collected.
STATIC_URL = f"/static/{fingerprint(sorted(WEB.glob('*/static')))}/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 365 * 24 * 3600
WHITENOISE_IMMUTABLE_FILE_TEST = immutable

# Signing in
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
PASSWORD_RESET_TIMEOUT = 24 * 3600
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "fivegaps.web.accounts.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # nobody signs up: the link that came by mail proves it
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if ENVIRONMENT.secure else "http"
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
    "reauthenticate": "10/m/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = ENVIRONMENT.proxies
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "fivegaps"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENVIRONMENT.secure
IDENTITY_PROVIDER = identity_provider()
SOCIALACCOUNT_ADAPTER = "fivegaps.web.accounts.adapter.VouchedAdapter"
SOCIALACCOUNT_PROVIDERS = provider_settings(IDENTITY_PROVIDER)
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""
SOCIALACCOUNT_LOGIN_ON_GET = True  # the way there is a link: form-action stays with this office
USERSESSIONS_TRACK_ACTIVITY = True

# Cookies and headers
SESSION_COOKIE_SECURE = ENVIRONMENT.secure
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_SECURE = ENVIRONMENT.secure
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "fivegaps.web.shared.views.errors.form_expired"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if ENVIRONMENT.secure else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.proxies else None
SECURE_SSL_REDIRECT = ENVIRONMENT.secure and bool(ENVIRONMENT.proxies)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Calls of other systems
API_REQUESTS_A_SECOND = ENVIRONMENT.api_requests_a_second

# How many forms a minute may come from one address, and through one open link
FORMS_A_MINUTE = {
    "address": ENVIRONMENT.forms_per_address,
    "link": ENVIRONMENT.forms_per_link,
}

# What people send
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # A refused request is no fault; its line would tell when somebody opened which address.
    "loggers": {
        "django.request": {"level": "ERROR"},
        # Neither is a form with too many fields, which would fill the log; a strange host tells
        # the owner what ALLOWED_HOSTS lacks.
        "django.security": {"level": "CRITICAL"},
        "django.security.DisallowedHost": {"level": "ERROR"},
    },
}

_MAIL = mail(ENVIRONMENT)
DEFAULT_FROM_EMAIL = _MAIL["DEFAULT_FROM_EMAIL"]
SERVER_EMAIL = _MAIL["SERVER_EMAIL"]
EMAIL_SUBJECT_PREFIX = ""
globals().update(_MAIL)
