def run(): return 'night'
