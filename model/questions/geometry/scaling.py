"""Questions on enlargement: matching lengths, areas and volumes of similar shapes."""

from __future__ import annotations

from random import Random

from sympy import Rational, root, sqrt

from model.questions.geometry.figures import ask
from model.questions.question import Level, Question, generates, number

_PARTS = (
    Rational(3, 2),
    Rational(5, 2),
    Rational(4, 3),
    Rational(5, 3),
    Rational(5, 4),
    Rational(7, 2),
    Rational(7, 4),
    Rational(8, 5),
)


@generates("scale-factor")
def scale_factor(random: Random, level: Level) -> Question:
    """The image's lengths and area from a factor, and back from areas to lengths."""
    topic = "scale-factor"
    factor = random.randint(2, 6)
    if level is Level.WORKED:
        a, b = sorted(random.sample(range(2, 13), 2))
        new_a, new_b = a * factor, b * factor
        area = new_a * new_b
        prompt = (
            f"A rectangle ${b}$ cm by ${a}$ cm is enlarged with scale factor ${factor}$. Find the area of the image."
        )
        steps = [
            f"The sides of the image: ${factor} \\times {b} = {new_b}$ cm and ${factor} \\times {a} = {new_a}$ cm",
            f"${new_b} \\times {new_a} = {area}$, so ${area}$ cm²",
        ]
        wrong = [
            (a * b * factor, "Multiplies the area by the scale factor"),
            ((a + factor) * (b + factor), "Adds the scale factor to the sides"),
        ]
        return ask(
            topic,
            prompt,
            area,
            steps,
            wrong,
            lambda: sum(factor * factor for _ in range(a) for _ in range(b)),
            unit=" cm²",
        )
    if level is Level.FADED:
        area = random.randint(3, 40)
        image = area * factor**2
        if random.random() < 0.5:
            prompt = f"A shape with an area of ${area}$ cm² is enlarged with scale factor ${factor}$. Find the area of the image."
            steps = [
                f"Areas grow by ${factor}^{{2}} = {factor**2}$",
                f"${area} \\times {factor**2} = {image}$, so ${image}$ cm²",
            ]
            wrong = [
                (area * factor, "Multiplies the area by the scale factor"),
                (area * factor * 2, "Doubles the factor instead of squaring it"),
            ]
            # Each square centimetre becomes a square of factor by factor.
            return ask(
                topic,
                prompt,
                image,
                steps,
                wrong,
                lambda: sum(factor for _ in range(area) for _ in range(factor)),
                unit=" cm²",
            )
        prompt = f"A shape with an area of ${area}$ cm² is enlarged. The image has an area of ${image}$ cm². Find the scale factor."
        steps = [
            f"Area factor: ${image} \\div {area} = {factor**2}$",
            f"Length factor: $\\sqrt{{{factor**2}}} = {factor}$",
        ]
        wrong = [
            (factor**2, "Gives the area factor"),
            (Rational(factor**2, 2), "Halves instead of taking the square root"),
        ]
        return ask(topic, prompt, factor, steps, wrong, lambda: next(k for k in range(1, 50) if area * k * k == image))
    share = random.choice(_PARTS)
    side = share.q * random.randint(2, 6)
    small = share.q**2 * random.randint(1, 5)
    large, long = small * share**2, side * share
    back = random.random() < 0.5
    given_area, wanted_area, given, wanted = (large, small, long, side) if back else (small, large, side, long)
    prompt = (
        f"Two similar shapes have areas of ${small}$ cm² and ${large}$ cm². A side of the {'larger' if back else 'smaller'} one is "
        f"${given}$ cm long. Find the matching side of the other."
    )
    grown = Rational(wanted_area, given_area)
    steps = [
        f"Area factor: ${wanted_area} \\div {given_area} = {number(grown)}$",
        f"Length factor: $\\sqrt{{{number(grown)}}} = {number(sqrt(grown))}$",
        f"${given} \\times {number(sqrt(grown))} = {wanted}$, so ${wanted}$ cm",
    ]
    wrong = [
        (given * grown, "Uses the area factor for the length"),
        (given + wanted_area - given_area, "Adds the difference of the areas"),
    ]
    wrong = [each for each in wrong if each[0] > 0]
    return ask(
        topic, prompt, wanted, steps, wrong, lambda: wanted**2 * given_area == given**2 * wanted_area, unit=" cm"
    )


@generates("similar-shapes")
def similar(random: Random, level: Level) -> Question:
    """Matching sides with whole and broken factors, and a triangle inside a triangle."""
    topic = "similar-shapes"
    if level is Level.WORKED:
        factor = random.randint(2, 5)
        a, b = random.sample(range(2, 13), 2)
        shape = random.choice(("rectangles", "photographs", "flags"))
        prompt = (
            f"Two {shape} are similar. The smaller one is ${a}$ cm wide and ${b}$ cm high. "
            f"The larger one is ${a * factor}$ cm wide. How high is it?"
        )
        steps = [
            f"Scale factor: ${a * factor} \\div {a} = {factor}$",
            f"${b} \\times {factor} = {b * factor}$, so ${b * factor}$ cm",
        ]
        wrong = [
            (b + a * factor - a, "Adds the difference instead of multiplying"),
            (a * factor, "Gives the width again"),
        ]
        return ask(topic, prompt, b * factor, steps, wrong, lambda: a * (b * factor) == b * (a * factor), unit=" cm")
    share = random.choice(_PARTS)
    if level is Level.FADED:
        a, b = (share.q * times for times in random.sample(range(2, 9), 2))
        big_a, big_b = a * share, b * share
        back = random.random() < 0.4
        names = [("$PQ$", big_a, "$AB$", a), ("$QR$", big_b, "$BC$", b)]
        asked, known = (names[1][2], names[1][0]) if back else (names[1][0], names[1][2])
        value, other = (b, big_b) if back else (big_b, b)
        prompt = (
            f"Triangles $ABC$ and $PQR$ are similar, with $A$ matching $P$, $B$ matching $Q$ and $C$ matching $R$. "
            f"$AB = {a}$ cm, $PQ = {big_a}$ cm and {known[:-1]} = {other}$ cm. Find {asked}."
        )
        factor = 1 / share if back else share
        first = f"${a} \\div {big_a}$" if back else f"${big_a} \\div {a}$"
        steps = [
            f"Scale factor towards {'$ABC$' if back else '$PQR$'}: {first[:-1]} = {number(factor)}$",
            f"${other} \\times {number(factor)} = {value}$, so ${value}$ cm",
        ]
        wrong = [
            (other + (a - big_a if back else big_a - a), "Adds the difference instead of multiplying"),
            (other / factor, "Goes the wrong way with the factor"),
        ]
        wrong = [each for each in wrong if each[0] > 0]
        return ask(topic, prompt, value, steps, wrong, lambda: a * big_b == b * big_a, unit=" cm")
    piece = share.q * random.randint(1, 5)
    whole = piece * share
    rest = whole - piece
    short = share.q * random.randint(2, 6)
    long = short * share
    back = random.random() < 0.5
    given, wanted, sought = ("BC", "DE", short) if back else ("DE", "BC", long)
    known = long if back else short
    prompt = (
        f"In triangle $ABC$, $D$ lies on $AB$ and $E$ on $AC$, and $DE$ is parallel to $BC$. $AD = {piece}$ cm, "
        f"$DB = {rest}$ cm and ${given} = {known}$ cm. Find ${wanted}$."
    )
    factor = 1 / share if back else share
    steps = [
        f"Triangles $ADE$ and $ABC$ are similar, and $AB = {piece} + {rest} = {whole}$ cm",
        f"Scale factor: ${f'{piece}' if back else whole} \\div {whole if back else piece} = {number(factor)}$",
        f"${known} \\times {number(factor)} = {sought}$, so ${wanted} = {sought}$ cm",
    ]
    part = Rational(piece, rest) if back else Rational(rest, piece)
    wrong = [
        (known * part, "Compares a piece with a piece instead of the whole side"),
        (known - rest if back else known + rest, "Adds or takes away the difference"),
    ]
    wrong = [each for each in wrong if each[0] > 0]
    return ask(topic, prompt, sought, steps, wrong, lambda: short * (piece + rest) == long * piece, unit=" cm")


_THINGS = (
    ("jugs", "jug"),
    ("bottles", "bottle"),
    ("vases", "vase"),
    ("tins", "tin"),
    ("boxes", "box"),
    ("candles", "candle"),
)


@generates("similar-areas-and-volumes")
def areas_and_volumes(random: Random, level: Level) -> Question:
    """From lengths to areas and volumes, from volumes or areas back, and from areas to volumes."""
    topic = "similar-areas-and-volumes"
    many, one = random.choice(_THINGS)
    if level is Level.WORKED:
        factor, low = random.randint(2, 5), random.randint(5, 12)
        power = random.choice((2, 3))
        size = (
            low**power // 10 * random.randint(2, 6)
            if power == 3
            else low**power * random.randint(1, 3) + random.randint(1, 9)
        )
        answer, unit = size * factor**power, " cm³" if power == 3 else " cm²"
        what = "volume" if power == 3 else "surface area"
        prompt = (
            f"Two {many} are similar. The smaller {one} is ${low}$ cm high and the larger one ${low * factor}$ cm. "
            f"The smaller one has a {what} of ${size}${unit}. Find the {what} of the larger one."
        )
        steps = [
            f"Length factor: ${low * factor} \\div {low} = {factor}$",
            f"{'Volume' if power == 3 else 'Area'} factor: ${factor}^{{{power}}} = {factor**power}$",
            f"${size} \\times {factor**power} = {answer}$, so ${answer}${unit}",
        ]
        wrong = [
            (size * factor, "Uses the length factor"),
            (size * factor ** (5 - power), f"Uses the {'area' if power == 3 else 'volume'} factor"),
        ]
        cells = factor * factor * (factor if power == 3 else 1)
        return ask(topic, prompt, answer, steps, wrong, lambda: sum(size for _ in range(cells)), unit=unit)
    share = random.choice([part for part in _PARTS if part.q < 5 and part.p < 8] + [Rational(n) for n in (2, 3, 4)])
    if level is Level.FADED:
        power = random.choice((2, 3))
        unit, what = (" cm³", "volume") if power == 3 else (" cm²", "surface area")
        low = share.q * random.randint(-(-6 // share.q), -(-12 // share.q))
        # As large as a thing of that height is: neither a needle nor a ball that does not fit.
        fewest, most = (low**3 // 10, low**3 * 6 // 10) if power == 3 else (low**2, 3 * low**2)
        size = share.q**power * random.randint(-(-fewest // share.q**power), most // share.q**power)
        grown = size * share**power
        high = low * share
        prompt = (
            f"Two {many} are similar. Their {what}s are ${size}${unit} and ${grown}${unit}. The smaller {one} is ${low}$ cm high. "
            "How high is the larger one?"
        )
        sign = f"\\sqrt{{{number(share**power)}}}" if power == 2 else f"\\sqrt[3]{{{number(share**power)}}}"
        steps = [
            f"{'Volume' if power == 3 else 'Area'} factor: ${grown} \\div {size} = {number(share**power)}$",
            f"Length factor: ${sign} = {number(share)}$",
            f"${low} \\times {number(share)} = {high}$, so ${high}$ cm",
        ]
        wrong = [(low * share**power, f"Uses the {'volume' if power == 3 else 'area'} factor for the length")]
        if power == 3:
            wrong.append((low * share**3 / 3, "Divides by three instead of taking the cube root"))
        else:
            wrong.append((low * share**2 / 2, "Halves instead of taking the square root"))
        return ask(topic, prompt, high, steps, wrong, lambda: low**power * grown == high**power * size, unit=" cm")
    while True:
        area, volume = share.q**2 * random.randint(2, 40), share.q**3 * random.randint(1, 40)
        # No solid holds more than the ball with that surface (36 pi times volume squared is area cubed).
        if 1_000 * volume**2 <= 4 * area**3 <= 20_000 * volume**2:
            break
    big_area = area * share**2
    big_volume = volume * share**3
    back = random.random() < 0.5
    known, answer, factor = (big_volume, volume, 1 / share) if back else (volume, big_volume, share)
    first, second = (area, big_area) if back else (big_area, area)
    prompt = (
        f"Two {many} are similar. Their surface areas are ${area}$ cm² and ${big_area}$ cm². "
        f"The {'larger' if back else 'smaller'} {one} has a volume of ${known}$ cm³. Find the volume of the other one."
    )
    steps = [
        f"Area factor: ${first} \\div {second} = {number(factor**2)}$",
        f"Length factor: $\\sqrt{{{number(factor**2)}}} = {number(factor)}$",
        f"Volume factor: $({number(factor)})^{{3}} = {number(factor**3)}$",
        f"${known} \\times {number(factor**3)} = {answer}$, so ${answer}$ cm³",
    ]
    wrong = [
        (known * factor**2, "Uses the area factor for the volume"),
        (known * factor, "Uses the length factor for the volume"),
    ]
    return ask(
        topic,
        prompt,
        answer,
        steps,
        wrong,
        lambda: root(Rational(answer, known), 3) ** 2 == Rational(first, second),
        unit=" cm³",
    )
