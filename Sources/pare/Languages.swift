import Model
import PythonLanguage

/// Every language that functions can be written in; a new one is one more value.
let languages: [any Language] = [PythonLanguage()]
