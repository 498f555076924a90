from handler.domain.errors import InvalidParameter


def test_message_repeats_two_hundred_characters_of_a_value() -> None:
    error = InvalidParameter("sort", "x" * 500, "the name of a column")

    assert str(error) == (f"the parameter sort cannot be '{'x' * 200}', only the name of a column")
    assert error.value == "x" * 500
