class Album:
    def cover(self, request):
        return "cover"


shared = Album()
