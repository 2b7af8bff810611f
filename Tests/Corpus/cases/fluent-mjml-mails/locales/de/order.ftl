subject = Deine Bestellung, { $name }
items = { $count ->
    [one] Ein Artikel
   *[other] { $count } Artikel
}
due = { $total } fällig am { $when }
open = { -brand } öffnen
