NAME = 'tooling'
X = 1
