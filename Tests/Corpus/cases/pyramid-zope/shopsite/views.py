from pyramid.view import view_config


def includeme(config):
    config.add_route("hello", "/hello/{name}")
    config.add_route("json", "/json")
    config.add_static_view("static", "shopsite:static")
    config.scan("shopsite.views")


@view_config(route_name="hello", renderer="hello.jinja2")
def hello(request):
    return {"name": request.matchdict["name"]}


@view_config(route_name="json", renderer="json")
def as_json(request):
    return {"path": request.path}
