"""The bars of the charts in bench/README.md."""

WIDTH = 760
LABELS = 180  # where the bars begin
VALUES = 80  # room behind the longest bar
ROW = 34
TOP = 44

# Of middling lightness, so that they are seen on white and on black.
STYLE = """text { font: 14px sans-serif; fill: #797979 }
.title { font-weight: 600; font-size: 15px }
.ours { font-weight: 600; fill: #2f81f7 }
rect { fill: #8b949e }"""


def verify(library):
    times = library.times
    bars = [
        ("jwtgate", times["verify/hs256/access"], "ours"),
        ("HMAC alone (OpenSSL)", times["hmac/restart/access"], "raw"),
    ]
    peers = [(f"{name} {version}", times[f"peer/{name}/verify"], "peer") for name, version in library.versions.items()]
    bars += sorted(peers, key=lambda bar: bar[1])
    title = f"Time to verify one HS256 token of {library.token_size} bytes, less is better"
    return drawn(title, bars, lambda nanoseconds: f"{nanoseconds / 1000:.2f} µs")


OURS = {"auth": "GET /auth", "protected": "GET /protected"}
LABELLED = {**OURS, "nginx": "nginx, return 200", "Flask": "Flask, /protected"}


def throughput(beside):
    bars = servers(beside, "rate", LABELLED)
    return drawn("Requests a second on one core, more is better", bars, lambda rate: f"{rate / 1000:.1f} k")


def latency(beside):
    """Without Flask, beside which nobody else would be seen."""
    bars = servers(beside, "p99", ("auth", "protected", "nginx"))
    return drawn("p99 of the time to an answer, less is better", bars, lambda p99: f"{p99 * 1000:.2f} ms")


def servers(beside, what, names):
    return [(LABELLED[name], beside.median(name, what), "ours" if name in OURS else "peer") for name in names]


def drawn(title, bars, worded):
    longest = max(value for _, value, _ in bars)
    height = TOP + ROW * len(bars)
    rows = "\n".join(row(TOP + ROW * i, *bar, longest, worded) for i, bar in enumerate(bars))
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img">
<title>{title}</title>
<style>
{STYLE}
</style>
<text class="title" x="0" y="24">{title}</text>
{rows}
</svg>
"""


def row(top, label, value, kind, longest, worded):
    length = max(2, (WIDTH - LABELS - VALUES) * value / longest)
    middle = top + ROW / 2
    return f"""<g>
<text class="{kind}" x="{LABELS - 10}" y="{middle}" text-anchor="end" dominant-baseline="central">{label}</text>
<rect class="{kind}" x="{LABELS}" y="{top + 5}" width="{length:.1f}" height="{ROW - 10}" rx="3"/>
<text class="{kind}" x="{LABELS + length + 8:.1f}" y="{middle}" dominant-baseline="central">{worded(value)}</text>
</g>"""
