from hypothesis import given
from hypothesis import strategies as st

from yizhan.base import codes

DIGITS = st.text("0123456789", min_size=5, max_size=5)
LETTERS = st.text(codes.ALPHABET, min_size=7, max_size=7)
BODY = st.tuples(DIGITS, LETTERS).map("".join)
RECEIPT = BODY.map(lambda body: body + codes.check_character(body))


def test_codes_are_random_and_of_the_promised_shape():
    receipts = {codes.receipt_code() for _ in range(500)}

    assert len(receipts) == 500
    assert all(codes.is_receipt(code) and code[:5].isdigit() for code in receipts)
    assert all(len(codes.public_code()) == 10 for _ in range(20))
    assert all(len(word) == 4 and word.isdigit() for word in (codes.door_word() for _ in range(50)))


def test_no_letter_is_easily_mistaken():
    assert set("ILOU").isdisjoint(codes.ALPHABET)
    assert len(codes.ALPHABET) == 32


@given(RECEIPT, st.integers(0, 12), st.sampled_from(codes.ALPHABET))
def test_every_single_wrong_character_is_found(code, place, letter):
    wrong = code[:place] + letter + code[place + 1 :]

    assert codes.is_receipt(wrong) == (wrong == code)


@given(RECEIPT, st.integers(0, 11))
def test_swapped_neighbours_are_found_but_for_the_one_pair_luhn_cannot_tell(code, place):
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    blind = {code[place], code[place + 1]} == {"0", "Z"}

    assert codes.is_receipt(swapped) == (swapped == code or blind)


@given(RECEIPT)
def test_what_people_type_is_put_right(code):
    typed = codes.spaced(code).lower().replace("0", "o").replace("1", "l") + " "

    assert codes.tidy(typed) == code


def test_other_lengths_and_letters_are_no_receipt():
    assert not codes.is_receipt("")
    assert not codes.is_receipt("48271K3QX9P2")
    assert not codes.is_receipt("U" * 13)
