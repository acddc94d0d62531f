"""The bars of bench/verify.svg: how long each library takes to verify one token."""

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
    longest = max(time for _, time, _ in bars)
    height = TOP + ROW * len(bars)
    rows = "\n".join(row(TOP + ROW * i, *bar, longest) for i, bar in enumerate(bars))
    title = f"Time to verify one HS256 token of {library.token_size} bytes, less is better"
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img">
<title>{title}</title>
<style>
{STYLE}
</style>
<text class="title" x="0" y="24">{title}</text>
{rows}
</svg>
"""


def row(top, label, nanoseconds, kind, longest):
    length = max(2, (WIDTH - LABELS - VALUES) * nanoseconds / longest)
    middle = top + ROW / 2
    return f"""<g>
<text class="{kind}" x="{LABELS - 10}" y="{middle}" text-anchor="end" dominant-baseline="central">{label}</text>
<rect class="{kind}" x="{LABELS}" y="{top + 5}" width="{length:.1f}" height="{ROW - 10}" rx="3"/>
<text class="{kind}" x="{LABELS + length + 8:.1f}" y="{middle}" dominant-baseline="central">{nanoseconds / 1000:.2f} µs</text>
</g>"""
