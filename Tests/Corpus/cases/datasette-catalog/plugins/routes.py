from datasette import hookimpl, Response
from datasette.filters import FilterArguments


@hookimpl
def register_routes():
    return [(r"^/-/nearest/(?P<code>\w+)$", nearest)]


async def nearest(datasette, request):
    db = datasette.get_database("stations")
    code = request.url_vars["code"]
    found = await db.execute(
        "select b.name, km(a.lat, a.lon, b.lat, b.lon) as far from station a, station b where a.code = ? and b.code != a.code order by far limit 2", [code]
    )
    html = await datasette.render_template("nearest.html", {"code": code, "found": [dict(row) for row in found.rows]}, request=request)
    return Response.html(html)


@hookimpl
def filters_from_request(request):
    zone = request.args.get("within")
    if zone:
        return FilterArguments(["zone <= :within"], {"within": int(zone)}, human_descriptions=[f"within zone {zone}"])


@hookimpl
def render_cell(column, value):
    if column == "passengers":
        return f"{value:,}"
