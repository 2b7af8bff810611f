<html>${self.body()}</html>
