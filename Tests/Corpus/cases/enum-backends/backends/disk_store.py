import shelve
class Store: pass
