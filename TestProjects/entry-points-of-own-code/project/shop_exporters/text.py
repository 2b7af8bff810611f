def export():
    return "text"
