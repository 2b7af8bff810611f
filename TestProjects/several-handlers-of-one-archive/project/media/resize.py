from pixels import scale


def resize(request):
    return scale(2)
