# -*- coding: klingon -*-
import after_cookie
