subject = Your order, { $name }
items = { $count ->
    [one] One item
   *[other] { $count } items
}
due = { $total } due on { $when }
open = Open { -brand }
