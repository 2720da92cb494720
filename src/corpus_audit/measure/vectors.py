"""Machine-level operations that numba lacks: unaligned loads, and comparisons of 64 bytes at once.

They are written as LLVM IR, so the compiler picks the instructions of the machine it runs on (AVX-512, AVX2, NEON).
Bytes are taken in little-endian order, as on every machine numba compiles for.
"""

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic as numba_intrinsic

WINDOW = 64
"""Bytes in a window."""
WORDS = 8
"""64-bit words in a window."""

LANES = 32
"""32-bit numbers that ``lower_lanes`` works on at once: with what is added to them, they fill sixteen registers."""

_FLOATS = 16
"""float32 that are worked on at once."""

_BYTE = ir.IntType(8)
_WORD = ir.IntType(64)
_HALF = ir.IntType(32)
_BYTES = ir.VectorType(_BYTE, WINDOW)
_WORDS = ir.VectorType(_WORD, WORDS)


def intrinsic(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return *function* as an operation that compiled code may use; it returns types and a generator of LLVM IR."""
    return numba_intrinsic(function)  # type: ignore[no-any-return]


def _splat(value: int) -> ir.Constant:
    return ir.Constant(_BYTES, [value] * WINDOW)


def _address(context: Any, builder: Any, kind: Any, array: Any, index: Any, pointee: Any) -> Any:
    data = context.make_array(kind)(context, builder, array).data
    return builder.bitcast(cgutils.gep_inbounds(builder, data, index), pointee.as_pointer())


def _load(builder: Any, address: Any) -> Any:
    value = builder.load(address)
    value.align = 1
    return value


@intrinsic
def load_word(typing: Any, array: Any, index: Any) -> Any:  # noqa: ARG001 - numba's signature
    """Return the 8 bytes at ``array[index:]`` as one little-endian uint64, at any alignment."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return _load(builder, _address(context, builder, signature.args[0], arguments[0], arguments[1], _WORD))

    return types.uint64(array, types.intp), generate


@intrinsic
def store_half(typing: Any, array: Any, index: Any, word: Any) -> Any:  # noqa: ARG001
    """Write the 4 low bytes of a word to ``array[index:]``, little-endian, at any alignment."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        address = _address(context, builder, signature.args[0], arguments[0], arguments[1], _HALF)
        builder.store(builder.trunc(arguments[2], _HALF), address).align = 1
        return context.get_dummy_value()

    return types.void(array, types.intp, types.uint64), generate


@intrinsic
def fold_ascii_window(typing: Any, source: Any, at: Any, target: Any, to: Any) -> Any:  # noqa: ARG001
    """Write 64 bytes from *source* to *target*, letters lower-cased and all but letters and digits as zero.

    Returns a mask whose bit i says that byte i is not ASCII; what was written in its place is meaningless.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        text = _load(builder, _address(context, builder, signature.args[0], arguments[0], arguments[1], _BYTES))
        # Bit 0x20 turns A-Z into a-z and is set in every digit already.
        lower = builder.or_(text, _splat(0x20))
        kept = builder.or_(_is_letter(builder, text), _is_digit(builder, text))
        folded = builder.select(kept, lower, _splat(0))
        place = _address(context, builder, signature.args[2], arguments[2], arguments[3], _BYTES)
        builder.store(folded, place).align = 1
        return builder.bitcast(builder.icmp_signed("<", text, _splat(0)), _WORD)

    return types.uint64(source, types.intp, target, types.intp), generate


def _window_test(test: Callable[[Any, Any], Any]) -> Callable[..., Any]:
    """Return an operation that gives a mask of 64 bytes at ``array[index:]``: whose bit i says if byte i passes."""

    def operation(typing: Any, array: Any, index: Any) -> Any:  # noqa: ARG001 - numba's signature
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            text = _load(builder, _address(context, builder, signature.args[0], arguments[0], arguments[1], _BYTES))
            return builder.bitcast(test(builder, text), _WORD)

        return types.uint64(array, types.intp), generate

    return intrinsic(operation)


def _is_letter(builder: Any, text: Any) -> Any:
    lower = builder.or_(text, _splat(0x20))
    return builder.icmp_unsigned("<", builder.sub(lower, _splat(ord("a"))), _splat(26))


def _is_digit(builder: Any, text: Any) -> Any:
    return builder.icmp_unsigned("<", builder.sub(text, _splat(ord("0"))), _splat(10))


def _is_any_of(signs: bytes) -> Callable[[Any, Any], Any]:
    def test(builder: Any, text: Any) -> Any:
        first, *others = (builder.icmp_unsigned("==", text, _splat(sign)) for sign in signs)
        for other in others:
            first = builder.or_(first, other)
        return first

    return test


def any_of_window(signs: bytes) -> Callable[..., Any]:
    """Return the operation whose mask says which of 64 bytes are among *signs*."""
    return _window_test(_is_any_of(signs))


def window_between(*ranges: tuple[int, int]) -> Callable[..., Any]:
    """Return the operation whose mask says which of 64 bytes lie in one of *ranges*, each with its last byte."""

    def test(builder: Any, text: Any) -> Any:
        first, *others = (
            builder.icmp_unsigned("<=", builder.sub(text, _splat(low)), _splat(high - low)) for low, high in ranges
        )
        for other in others:
            first = builder.or_(first, other)
        return first

    return _window_test(test)


nonzero_window = _window_test(lambda builder, text: builder.icmp_unsigned("!=", text, _splat(0)))
digit_window = _window_test(_is_digit)
letter_window = _window_test(_is_letter)
beyond_ascii_window = _window_test(lambda builder, text: builder.icmp_signed("<", text, _splat(0)))
continuation_window = _window_test(
    lambda builder, text: builder.icmp_unsigned("==", builder.and_(text, _splat(0xC0)), _splat(0x80))
)
above_space_window = _window_test(lambda builder, text: builder.icmp_unsigned(">", text, _splat(0x20)))


@intrinsic
def trailing_zeros(typing: Any, mask: Any) -> Any:  # noqa: ARG001
    """Return the index of the lowest set bit of a uint64, or 64 when there is none."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ARG001
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 0))

    return types.intp(types.uint64), generate


@intrinsic
def leading_zeros(typing: Any, mask: Any) -> Any:  # noqa: ARG001
    """Return how many bits of a uint64 lie above the highest one that is set: 64 when there is none."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ARG001
        return builder.ctlz(arguments[0], ir.Constant(ir.IntType(1), 0))

    return types.intp(types.uint64), generate


@intrinsic
def count_ones(typing: Any, mask: Any) -> Any:  # noqa: ARG001
    """Return how many bits of a uint64 are set."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ARG001
        return builder.ctpop(arguments[0])

    return types.intp(types.uint64), generate


@intrinsic
def prefetch_row(typing: Any, table: Any, at: Any, size_bytes: Any) -> Any:  # noqa: ARG001
    """Ask for so many bytes at ``table[at:]``, a literal number, before they are needed."""
    if not isinstance(size_bytes, types.IntegerLiteral):
        return None

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        address = _address(context, builder, signature.args[0], arguments[0], arguments[1], _BYTE)
        flag = ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [_BYTE.as_pointer(), flag, flag, flag])
        operation = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0i8")
        hints = [ir.Constant(flag, hint) for hint in (0, 3, 1)]  # to be read, kept near, as data
        for offset in range(0, size_bytes.literal_value, WINDOW):
            builder.call(operation, [builder.gep(address, [ir.Constant(_WORD, offset)]), *hints])
        return context.get_dummy_value()

    return types.void(table, types.intp, size_bytes), generate


def rows_adder(row_size: int, first: int, width: int) -> Callable[..., Any]:
    """Return the operation that adds rows of a flat table of uint8, each so many times, to an array of float32.

    Of each row of *row_size* numbers it adds *width*, a multiple of 16, from the *first* one on. Products and sums are
    rounded as float32 each by itself, in the order of the rows; sums stay in registers while the rows go by.
    """
    number, lanes = ir.FloatType(), _FLOATS
    numbers, smalls = ir.VectorType(number, lanes), ir.VectorType(_BYTE, lanes)
    same = ir.Constant(ir.VectorType(_HALF, lanes), [0] * lanes)

    def operation(typing: Any, sums: Any, table: Any, rows: Any, scales: Any, count: Any) -> Any:  # noqa: ARG001
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            def address(argument: int, index: Any, pointee: Any) -> Any:
                return _address(context, builder, signature.args[argument], arguments[argument], index, pointee)

            places = range(first, first + width, lanes)
            targets = [address(0, ir.Constant(_WORD, place), numbers) for place in places]
            totals = [cgutils.alloca_once_value(builder, _load(builder, target)) for target in targets]
            with cgutils.for_range(builder, arguments[4]) as loop:
                row = builder.zext(_load(builder, address(2, loop.index, _HALF)), _WORD)
                scale = _load(builder, address(3, loop.index, number))
                scale = builder.insert_element(ir.Constant(numbers, ir.Undefined), scale, ir.Constant(_HALF, 0))
                scale = builder.shuffle_vector(scale, scale, same)
                begin = builder.mul(row, ir.Constant(_WORD, row_size))
                for place, total in zip(places, totals, strict=True):
                    steps = _load(builder, address(1, builder.add(begin, ir.Constant(_WORD, place)), smalls))
                    product = builder.fmul(scale, builder.uitofp(steps, numbers))
                    builder.store(builder.fadd(builder.load(total), product), total)
            for target, total in zip(targets, totals, strict=True):
                builder.store(builder.load(total), target).align = 1
            return context.get_dummy_value()

        return types.void(sums, table, rows, scales, types.intp), generate

    return intrinsic(operation)


def greatest_of(count: int) -> Callable[..., Any]:
    """Return the operation that gives the greatest of the first *count* float32, a multiple of 16; none may be NaN."""
    kind = ir.VectorType(ir.FloatType(), _FLOATS)

    def operation(typing: Any, values: Any) -> Any:  # noqa: ARG001
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            def load(place: int) -> Any:
                index = ir.Constant(_WORD, place)
                return _load(builder, _address(context, builder, signature.args[0], arguments[0], index, kind))

            def greater(one: Any, other: Any) -> Any:
                return builder.select(builder.fcmp_ordered(">", one, other), one, other)

            most, size = load(0), _FLOATS
            for place in range(_FLOATS, count, _FLOATS):
                most = greater(most, load(place))
            while size > 1:
                size //= 2
                halves = [ir.Constant(ir.VectorType(_HALF, size), [*range(low, low + size)]) for low in (0, size)]
                most = greater(*(builder.shuffle_vector(most, most, half) for half in halves))
            return builder.extract_element(most, ir.Constant(_HALF, 0))

        return types.float32(values), generate

    return intrinsic(operation)


@intrinsic
def lower_lanes(typing: Any, minima: Any, factors: Any, summands: Any, at: Any, values: Any, count: Any) -> Any:  # noqa: ARG001
    """Lower LANES uint32 at ``minima[at:]`` to the least ``factor * value + summand`` of the first *count* values.

    Factors and summands lie at the same places. All stay in registers while the values go by.
    """
    lanes = ir.VectorType(_HALF, LANES)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        def address(number: int) -> Any:
            return _address(context, builder, signature.args[number], arguments[number], arguments[3], lanes)

        target, factors, summands = (address(number) for number in range(3))
        lowest = cgutils.alloca_once_value(builder, _load(builder, target))
        a, b = _load(builder, factors), _load(builder, summands)
        zeros = ir.Constant(ir.VectorType(_HALF, LANES), [0] * LANES)
        with cgutils.for_range(builder, arguments[5]) as loop:
            value = _load(builder, _address(context, builder, signature.args[4], arguments[4], loop.index, _HALF))
            one = builder.insert_element(ir.Constant(lanes, ir.Undefined), value, ir.Constant(_HALF, 0))
            permuted = builder.add(builder.mul(a, builder.shuffle_vector(one, one, zeros)), b)
            so_far = builder.load(lowest)
            builder.store(builder.select(builder.icmp_unsigned("<", permuted, so_far), permuted, so_far), lowest)
        builder.store(builder.load(lowest), target).align = 1
        return context.get_dummy_value()

    return types.void(minima, factors, summands, types.intp, values, types.intp), generate


@intrinsic
def count_equal_words(typing: Any, one: Any, at: Any, other: Any, to: Any) -> Any:  # noqa: ARG001
    """Return how many of the 8 words at ``one[at:]`` are among the 8 at ``other[to:]``; words are distinct in each."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        mine = _load(builder, _address(context, builder, signature.args[0], arguments[0], arguments[1], _WORDS))
        theirs = _load(builder, _address(context, builder, signature.args[2], arguments[2], arguments[3], _WORDS))
        equal = builder.icmp_unsigned("==", mine, theirs)
        for turn in range(1, WORDS):
            turned = builder.shuffle_vector(theirs, ir.Constant(_WORDS, ir.Undefined), _rotation(turn))
            equal = builder.or_(equal, builder.icmp_unsigned("==", mine, turned))
        return builder.zext(builder.ctpop(builder.bitcast(equal, _BYTE)), _WORD)

    return types.intp(one, types.intp, other, types.intp), generate


def _rotation(turn: int) -> ir.Constant:
    places = [(place + turn) % WORDS for place in range(WORDS)]
    return ir.Constant(ir.VectorType(ir.IntType(32), WORDS), places)
