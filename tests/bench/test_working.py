from yizhan.bench import working


def test_every_kind_of_arithmetic_has_its_line():
    text = working.table(working.speeds(50))

    assert text.count("\n") == 6
    assert "| a promise: due and amber |" in text
    assert all(one.is_running for one in working.clocks(3))
