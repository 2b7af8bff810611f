def cut(): return 'zzz'
