items = { $count ->
    [one] { $count } produkt
    [few] { $count } produkty
   *[many] { $count } produktów
}
