/// A member's name: UTF-8 where the flag says so, else code page 437 (APPNOTE.TXT, appendix D), as
/// Python's `zipfile` reads it. Nil where the flag is a lie.
func memberName(_ bytes: Span<UInt8>, isUTF8: Bool) -> String? {
  var isASCII = true
  var copy: [UInt8] = []
  copy.reserveCapacity(bytes.count)
  for index in bytes.indices {
    copy.append(bytes[index])
    if bytes[index] >= 0x80 { isASCII = false }
  }
  if isASCII || isUTF8 { return String(validating: copy, as: UTF8.self) }
  var name = String.UnicodeScalarView()
  for byte in copy {
    name.append(byte < 0x80 ? Unicode.Scalar(byte) : upperHalf[Int(byte) - 0x80])
  }
  return String(name)
}

/// Code page 437 from 0x80 on.
private let upperHalf = Array(
  ("ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
    + "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}").unicodeScalars)
