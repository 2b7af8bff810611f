NAME = 'loose'
