import figures
