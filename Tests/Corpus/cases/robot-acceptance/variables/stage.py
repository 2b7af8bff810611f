def get_variables(stage="test"):
    return {"HOST": f"{stage}.shop.example", "LIST__FRUITS": ["apple", "pear"], "DICT__LIMITS": {"apple": 10}}
