"""When to expect light: sun, moon and a bright planet."""

from datetime import date


def run(site, day, cities=("Zurich", "Nairobi")):
    import ephem
    from astral import LocationInfo, moon
    from astral.geocoder import all_locations, database, lookup
    from astral.location import Location
    from astral.sun import blue_hour, sun

    when = date.fromisoformat(day)
    here = LocationInfo(site["name"], "CH", site["timezone"], site["latitude"], site["longitude"])
    world = database()
    told = {"sun": {k: v.strftime("%H:%M") for k, v in sun(here.observer, when, tzinfo=here.tzinfo).items()}, "phase": round(moon.phase(when), 2), "known": sum(1 for _ in all_locations(world))}
    told["cities"] = {name: [round(found.latitude, 2), found.timezone, Location(found).sunset(when).strftime("%H:%M %z")] for name in cities if (found := lookup(name, world))}
    told["blue"] = [t.strftime("%H:%M") for t in blue_hour(here.observer, when)]
    observer = ephem.Observer()
    observer.lat, observer.lon, observer.elevation, observer.date = str(site["latitude"]), str(site["longitude"]), site["altitude"], f"{day} 12:00"
    told["moon"] = [str(observer.next_rising(ephem.Moon()))[:15], str(ephem.next_full_moon(day))[:15]]
    jupiter = ephem.Jupiter(observer)
    told["jupiter"] = [ephem.constellation(jupiter)[1], round(jupiter.mag, 1), str(jupiter.alt).split(":")[0]]
    star = ephem.star("Vega")
    star.compute(observer)
    told["vega"] = [star.neverup, star.circumpolar, round(float(star.mag), 2)]
    told["city"] = str(ephem.city("London").lat)
    return told
