"""The chart of docs/performance.md: a bar for each ratio, against the peer at 1."""

from xml.sax.saxutils import escape

WIDTH, LEFT, RIGHT, TOP, LINE = 980, 500, 60, 70, 26
# A bar that is longer ends here, with its value beside it.
LONGEST = 1.2
MET, MISSED, INK, FAINT = "#2f7d5b", "#c2703d", "#222222", "#bbbbbb"


def draw(rows):
    """The SVG for the rows that compare with a peer."""
    rows = [row for row in rows if row.charted and row.value is not None]
    height = TOP + LINE * len(rows) + 40
    bottom = TOP + LINE * len(rows)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif">',
        f'<rect width="{WIDTH}" height="{height}" fill="white"/>',
        text(20, 24, "Cost of the same work, as a part of the peer's (less is better)", size=15, weight="bold"),
        text(20, 46, f"Bar: measured, green where the goal was met, else orange; cut off at {LONGEST}. Mark: goal."),
    ]
    for tick in (0, 0.2, 0.4, 0.6, 0.8, 1.0):
        width = 1.5 if tick == 1.0 else 0.5
        parts.append(line(x(tick), TOP - 4, x(tick), bottom + 4, INK if tick == 1.0 else FAINT, width))
        parts.append(text(x(tick), bottom + 20, "peer" if tick == 1.0 else f"{tick:g}", anchor="middle"))
    for number, row in enumerate(rows):
        parts += bar(row, TOP + LINE * number)
    return "\n".join([*parts, "</svg>"]) + "\n"


def bar(row, y):
    end, colour = x(min(row.value, LONGEST)), MET if row.met else MISSED
    parts = [
        text(LEFT - 10, y + 16, f"{row.title} / {row.peer}".replace("`", ""), anchor="end"),
        f'<rect x="{LEFT}" y="{y + 5}" width="{end - LEFT:.1f}" height="{LINE - 10}" fill="{colour}"/>',
    ]
    parts.append(line(x(row.goal), y + 1, x(row.goal), y + LINE - 1, INK, 2.5))
    value = f"{row.value:.2f}" if row.value >= 0.1 else f"{row.value:.3f}"
    return [*parts, text(max(end, x(row.goal)) + 6, y + 16, value)]


def x(ratio):
    return LEFT + ratio / LONGEST * (WIDTH - LEFT - RIGHT)


def line(x1, y1, x2, y2, colour, width):
    return f'<line x1="{x1:.1f}" y1="{y1}" x2="{x2:.1f}" y2="{y2}" stroke="{colour}" stroke-width="{width}"/>'


def text(at, y, words, anchor="start", size=12, weight="normal"):
    style = f'text-anchor="{anchor}" font-size="{size}" font-weight="{weight}" fill="{INK}"'
    return f'<text x="{at:.1f}" y="{y}" {style}>{escape(words)}</text>'
