"""Logs and mail, made by a seed: text in which every line or two holds something that the detectors look at."""

import random
from collections.abc import Iterator

SEED = 1
_LINES_A_LOG = 30
_NAMES = ("ann", "bob", "carla", "dmitri", "eve", "li", "noor", "pavel", "quinn", "rosa")
_HOSTS = ("posteo.de", "mailbox.org", "fastmail.com", "gmx.net", "example.org", "uni-bonn.de")
_PAGES = ("/", "/index.html", "/api/v2/orders", "/login", "/static/app.js", "/search?q=harbour", "/account/settings")
_AGENTS = ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36", "curl/8.5.0", "python-requests/2.32.3")
_SENTENCES = (
    "Thanks for the figures, I will go through them before the meeting on Thursday.",
    "The delivery of order {order} was delayed, so please do not invoice it yet.",
    "Could you move the two boxes to the other room when you are in the office?",
    "As agreed, the contract {order}-{small} runs until the end of next year.",
    "Nothing else has changed, and the rest can wait until everyone is back.",
)


def logs_and_mail(size_bytes: int) -> Iterator[str]:
    """Yield a piece of a log and a mail by turns, until there are so many bytes."""
    chance, written = random.Random(SEED), 0
    while written < size_bytes:
        text = _log(chance) if chance.randrange(2) else _mail(chance)
        written += len(text)
        yield text


def _log(chance: random.Random) -> str:
    return "\n".join(_log_line(chance) for _ in range(_LINES_A_LOG))


def _log_line(chance: random.Random) -> str:
    who, when = _address(chance), _time(chance)
    if chance.randrange(3):
        size, page, agent = chance.randrange(10**6), chance.choice(_PAGES), chance.choice(_AGENTS)
        return f'{_ip(chance)} - - [{when}] "GET {page} HTTP/1.1" {chance.choice((200, 301, 404))} {size} "-" "{agent}"'
    return (
        f"{when} INFO session={chance.getrandbits(64):016x} user={who} from {_ip(chance)} took {chance.random():.3f}s"
    )


def _mail(chance: random.Random) -> str:
    writer, reader = _address(chance), _address(chance)
    said = "\n".join(chance.choice(_SENTENCES) for _ in range(chance.randrange(3, 16)))
    text = said.format(order=chance.randrange(10**7), small=chance.randrange(100))
    return (
        f"Received: from {_ip(chance)} by mx{chance.randrange(9)}.{chance.choice(_HOSTS)}; {_time(chance)}\n"
        f"From: {writer}\nTo: {reader}\nMessage-ID: <{chance.getrandbits(80):020x}@{chance.choice(_HOSTS)}>\n"
        f"Subject: order {chance.randrange(10**7)}\n\n{text}\n\n--\n{writer}\n"
        f"Tel.: +49 228 {chance.randrange(10**6, 10**7)}, mobile +44 7{chance.randrange(10**8, 10**9)}\n"
    )


def _address(chance: random.Random) -> str:
    return f"{chance.choice(_NAMES)}.{chance.randrange(10**4)}@{chance.choice(_HOSTS)}"


def _ip(chance: random.Random) -> str:
    return ".".join(str(chance.randrange(1, 255)) for _ in range(4))


def _time(chance: random.Random) -> str:
    return f"2025-0{chance.randrange(1, 10)}-1{chance.randrange(10)} 1{chance.randrange(10)}:2{chance.randrange(10)}:07"
