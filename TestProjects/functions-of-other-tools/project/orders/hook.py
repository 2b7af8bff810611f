def run(request):
    return "ok"
