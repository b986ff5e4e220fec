"""What the small files of these tests hold, and how to see what was read."""

HEADER = ("id", "E1", "E2", "P1", "P2")
ROWS = (("a", 1, 2, 3, 4), ("b", 5, 6, 7, None))
CODES = [[1, 5], [2, 6], [3, 7], [4, 0]]


def codes_of(answers):
    """Return the codes of all parts, as lists: item columns × rows."""
    blocks = [answers.read(part).codes for part in answers.parts()]
    return [
        [int(code) for block in blocks for code in block[place]] for place in range(len(blocks[0]))
    ]


def categories_of(answers, name):
    """Return a column's labels, row by row; None where not given."""
    labels = []
    for part in answers.parts():
        column = answers.read(part, {name: "categories"}).columns[name]
        labels += [column.values[code] if code >= 0 else None for code in column.codes]
    return labels


def numbers_of(answers, name):
    """Return a column's numbers, row by row."""
    return [
        float(value)
        for part in answers.parts()
        for value in answers.read(part, {name: "numbers"}).columns[name].values
    ]
