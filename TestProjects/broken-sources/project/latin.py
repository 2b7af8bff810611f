# -*- coding: latin-1 -*-
name = "é"
import after_latin
