def run(): return 'week'
