"""numba's compiler, without work that is thrown away: a quarter of the processor time of compiling.

numba optimises every function whole and makes machine code of it, also where only others call it, which are then
optimised and made into machine code again with all that they call. And it looks anew for what each operator in the code
gives, though most are among numbers and arrays of few kinds.
"""

import operator
from collections import deque
from typing import Any, ClassVar

from numba.core import types
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_lock import require_global_compiler_lock
from numba.core.compiler_machinery import LoweringPass, PassManager, register_pass
from numba.core.typed_passes import NativeLowering

_PLAIN = (types.Number, types.Boolean, types.Array, types.IntEnumMember, types.NumberClass)
_OPERATORS = (operator.getitem, operator.setitem)
"""What numba asks for by themselves, and not by their types."""


class _LinkedLater(JITCodeLibrary):  # type: ignore[misc]
    """The code of a function and of what it calls, as it goes into its callers."""

    def finalize(self) -> None:
        """Put the parts together, and leave optimising to the caller."""
        require_global_compiler_lock()
        self._raise_if_finalized()
        for library in dict.fromkeys(self._linking_libraries):
            self._reload_init.update(library._reload_init)
            self._final_module.link_in(library._get_module_for_linking(), preserve=True)
        self._finalize_dynamic_globals()
        self._finalized = True


@register_pass(mutates_CFG=False, analysis_only=False)
class _OfferToCallers(LoweringPass):  # type: ignore[misc]
    """Tell compiled functions of this one, in place of making an address of it."""

    _name = "offer_to_callers"

    def __init__(self) -> None:
        """numba makes one of each."""

    def run_pass(self, state: Any) -> bool:
        lowered = state["cr"]
        # numba tells functions apart by a builtin each, which Python would call: popping from nothing raises.
        offered: Any = deque[Any]().pop
        state.targetctx.insert_user_function(offered, lowered.fndesc, [state.library])
        state.reload_init.extend(state.library._reload_init)
        state["cr"] = lowered._replace(cfunc=offered)
        return True


class _RememberingTypes:
    """numba's context of types, which remembers what operators and functions give of numbers, truth values and arrays.

    numba tries some ten declarations for each, and describes why all but one do not fit.
    """

    _known: ClassVar[dict[Any, Any]] = {}

    def __init__(self, context: Any) -> None:
        self._context = context

    def __getattr__(self, name: str) -> Any:
        return getattr(self._context, name)

    def resolve_function_type(self, function: Any, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        """Return the signature of a call."""
        resolve = self._context.resolve_function_type
        is_plain = isinstance(function, types.Function | types.NumberClass) or function in _OPERATORS
        if keywords or not is_plain or not all(map(_is_plain, arguments)):
            return resolve(function, arguments, keywords)
        call = (function, arguments)
        if call not in self._known:
            self._known[call] = resolve(function, arguments, keywords)
        return self._known[call]


def _is_plain(argument: Any) -> bool:
    """True for types that say all of a value that declarations ask for."""
    return isinstance(argument, _PLAIN)


class ForPython(CompilerBase):  # type: ignore[misc]
    """Compiles functions that Python calls."""

    def define_pipelines(self) -> list[PassManager]:
        """Return the one list of steps."""
        self.state.typingctx = _RememberingTypes(self.state.typingctx)
        return [DefaultPassBuilder.define_nopython_pipeline(self.state)]


class ForCallers(CompilerBase):  # type: ignore[misc]
    """Compiles functions that only compiled ones call: into a part of their code, for which no machine code is made."""

    def define_pipelines(self) -> list[PassManager]:
        """Return the one list of steps."""
        state = self.state
        state.typingctx = _RememberingTypes(state.typingctx)
        state.flags.no_compile = True
        state.library = _LinkedLater(state.targetctx.codegen(), state.func_id.func_qualname)
        steps = DefaultPassBuilder.define_nopython_pipeline(state)
        steps.add_pass_after(_OfferToCallers, NativeLowering)
        steps.finalize()
        return [steps]
