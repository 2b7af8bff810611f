def run(request):
    return "resized"
