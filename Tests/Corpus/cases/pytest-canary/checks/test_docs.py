import unittest


class Old(unittest.TestCase):
    def setUp(self):
        self.words = ["tea"]

    def test_sub(self):
        for word in self.words:
            with self.subTest(word=word):
                self.assertIn(word, "green tea")
