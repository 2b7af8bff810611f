def crop(request):
    return "cropped"
