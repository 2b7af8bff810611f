class App(list):
    pass
