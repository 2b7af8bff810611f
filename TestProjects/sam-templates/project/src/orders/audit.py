def note(event):
    print(event)
