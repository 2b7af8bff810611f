def run(request):
    return "plain"
