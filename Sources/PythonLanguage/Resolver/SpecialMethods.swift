/// The methods that Python itself calls.
///
/// Source: https://docs.python.org/3/reference/datamodel.html#special-method-names, and those of copy,
/// pickle and dataclasses. What libraries agree on among themselves (`__array__`) is a name like others.
enum SpecialMethods {
  /// What making a class or an object calls.
  static let construction = [
    "__new__", "__init__", "__post_init__", "__set_name__", "__init_subclass__", "__prepare__",
    "__mro_entries__", "__class_getitem__", "__slots__", "__match_args__", "__get__", "__call__",
  ]

  /// What operators, statements and functions call, of anything.
  static let others = [
    "__del__", "__repr__", "__str__", "__bytes__", "__format__", "__lt__",
    "__le__", "__eq__", "__ne__", "__gt__", "__ge__", "__hash__", "__bool__", "__getattr__",
    "__getattribute__", "__setattr__", "__delattr__", "__dir__", "__set__", "__delete__",
    "__instancecheck__",
    "__subclasscheck__", "__len__", "__length_hint__",
    "__getitem__", "__setitem__", "__delitem__", "__missing__", "__iter__", "__reversed__",
    "__contains__", "__next__", "__add__", "__sub__", "__mul__", "__matmul__", "__truediv__",
    "__floordiv__", "__mod__", "__divmod__", "__pow__", "__lshift__", "__rshift__", "__and__",
    "__xor__", "__or__", "__radd__", "__rsub__", "__rmul__", "__rmatmul__", "__rtruediv__",
    "__rfloordiv__", "__rmod__", "__rdivmod__", "__rpow__", "__rlshift__", "__rrshift__",
    "__rand__", "__rxor__", "__ror__", "__iadd__", "__isub__", "__imul__", "__imatmul__",
    "__itruediv__", "__ifloordiv__", "__imod__", "__ipow__", "__ilshift__", "__irshift__",
    "__iand__", "__ixor__", "__ior__", "__neg__", "__pos__", "__abs__", "__invert__",
    "__complex__", "__int__", "__float__", "__index__", "__round__", "__trunc__", "__floor__",
    "__ceil__", "__enter__", "__exit__", "__await__", "__aiter__", "__anext__",
    "__aenter__", "__aexit__", "__reduce__", "__reduce_ex__", "__getnewargs__",
    "__getnewargs_ex__", "__getstate__", "__setstate__", "__copy__", "__deepcopy__",
    "__fspath__", "__sizeof__", "__buffer__",
  ]
}
