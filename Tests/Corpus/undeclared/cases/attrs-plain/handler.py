import attrs


@attrs.define
class Point:
    x: int = attrs.field(validator=attrs.validators.ge(0))
    y: int = attrs.field(default=0, converter=int)


def handler(event, context):
    points = [Point(**each) for each in event["points"]]
    moved = attrs.evolve(points[0], y=9)
    return [attrs.asdict(p) for p in sorted([*points, moved], key=lambda p: (p.x, p.y))]
