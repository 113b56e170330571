"""Public codes: random, without look-alike letters, with a check character where people type them.

Alphabet: digits and Latin capitals without I, L, O and U (Crockford's base 32).
"""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
VALUE = {letter: number for number, letter in enumerate(ALPHABET)}
LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
RECEIPT_DIGITS = 5
RECEIPT_LETTERS = 7


def public_code() -> str:
    """Ten characters, 50 random bits, for a URL."""
    return "".join(secrets.choice(ALPHABET) for _ in range(10))


def receipt_code() -> str:
    """Thirteen characters, 51.6 random bits: five digits, seven of the alphabet, one check.

    Digits come first because they are what a person reads aloud most safely on the telephone.
    """
    body = "".join(secrets.choice("0123456789") for _ in range(RECEIPT_DIGITS))
    body += "".join(secrets.choice(ALPHABET) for _ in range(RECEIPT_LETTERS))
    return body + check_character(body)


def check_character(body: str) -> str:
    """Luhn's method over 32 characters: finds every single wrong character and most swaps."""
    total = 0
    for place, letter in enumerate(reversed(body)):
        value = VALUE[letter] * (2 if place % 2 == 0 else 1)
        total += value // 32 + value % 32
    return ALPHABET[-total % 32]


def tidy(typed: str) -> str:
    """What a person typed, without spaces and dashes, capital, look-alikes put right."""
    kept = "".join(letter for letter in typed.upper() if letter.isalnum())
    return kept.translate(LOOKALIKES)


def is_receipt(code: str) -> bool:
    """Whether a tidied code has the right length and check character."""
    return (
        len(code) == RECEIPT_DIGITS + RECEIPT_LETTERS + 1
        and all(letter in VALUE for letter in code)
        and check_character(code[:-1]) == code[-1]
    )


def spaced(code: str) -> str:
    """A receipt code in groups, as it is printed and read aloud: `48271-K3QX-9P2W`."""
    return f"{code[:5]}-{code[5:9]}-{code[9:]}"


def door_word() -> str:
    """Four digits that a visitor says at the door."""
    return f"{secrets.randbelow(10000):04d}"
