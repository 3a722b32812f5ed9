"""Lists of people as offices have them: names, spreadsheets with and without heads, surnames first."""

import pytest

from apps.screening.engine.pasted_lists import Row, read_list


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", []),
        ("\n \n;;\n", []),
        ("Mette Holm\n\nSøren Aagaard\n", [Row(1, "Mette Holm"), Row(3, "Søren Aagaard")]),
        ("Holm, Mette Kirstine\r\nAagaard, Søren", [Row(1, "Mette Kirstine Holm"), Row(2, "Søren Aagaard")]),
        (
            "Mette Holm; Planlægger; Plan; MKH|M. Holmgaard; \nLis Borg;;;;ja",
            [Row(1, "Mette Holm", "Planlægger", "Plan", ("MKH", "M. Holmgaard")), Row(2, "Lis Borg", is_elected=True)],
        ),
        ("Afdeling;Navn\nPlan;Holm, Mette", [Row(2, "Mette Holm", department="Plan")]),
        ("navn\ttitel\nMette Holm\tPlanlægger", [Row(2, "Mette Holm", "Planlægger")]),
        ("name,department\nMette Holm,Plan", [Row(2, "Mette Holm", department="Plan")]),
        ('"Holm, Mette";"Planlægger"', [Row(1, "Mette Holm", "Planlægger")]),
        ("Mette Holm,Planlægger,Plan", [Row(1, "Mette Holm", "Planlægger", "Plan")]),
        ("\ufeffNavn\nMette  Holm ", [Row(2, "Mette Holm")]),
        ('Mette "Holm', [Row(1, 'Mette "Holm')]),
        ("Mette Holm;a;b;c;d;e;f;g", [Row(1, "Mette Holm", "a", "b", ("c",))]),
    ],
)
def test_lists(text: str, rows: list[Row]) -> None:
    assert read_list(text) == rows
