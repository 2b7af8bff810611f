# language: de
@shop
Funktionalität: Warenkorb
  Grundlage:
    Angenommen ein leerer Warenkorb in "CHF"

  Szenariogrundriss: Preise
    Wenn ich <anzahl> "<ware>" einlege
    Dann kostet er <preis>

    Beispiele: Obst
      | anzahl | ware  | preis |
      | 2      | apple | 0.90  |
      | 1      | pear  | 0.60  |
      | 1      | pear  | 0.70  |

  @stock
  Szenario: Ausverkauft
    Wenn ich 1 "plum" einlege
    Dann ist es ausverkauft

  Szenario: Viele Waren
    Wenn ich einlege
      | ware  | anzahl |
      | apple | 1      |
      | pear  | 2      |
    Dann kostet er 1.65
