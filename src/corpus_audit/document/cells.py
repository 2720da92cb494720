"""How wide a text is in cells of a terminal; unlike rich alone, whatever the variable UNICODE_VERSION says."""

from functools import partial

from rich import cells

count_cells = partial(cells.cell_len, unicode_version="latest")
split_cells = partial(cells.split_text, unicode_version="latest")
