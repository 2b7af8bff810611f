from . import csv
