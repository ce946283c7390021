#!/usr/bin/env python3
"""Writes confusables.txt: which characters look like Latin letters and digits, as ICU's spoof checker (UTS 39, skeletons) knows it.

Run beside the file with ICU's libraries installed: python3 confusables.py 72. The number is ICU's version, which is part of its symbols' names.
"""
import ctypes
import pathlib
import re
import sys
import unicodedata

ICU = sys.argv[1]
MERGED = {"0": "o", "1": "l", "i": "l", "|": "l", "m": "rn", "w": "vv"}
ASCII = set("abcdefghijklmnopqrstuvwxyz0123456789")
NAMED = re.compile(r"(?:SMALL CAPITAL|NEGATIVE (?:CIRCLED|SQUARED) LATIN CAPITAL LETTER|REGIONAL INDICATOR SYMBOL LETTER) ([A-Z])$")

icu = ctypes.CDLL(f"libicui18n.so.{ICU}")
opening = getattr(icu, f"uspoof_open_{ICU}")
opening.restype = ctypes.c_void_p
status = ctypes.c_int(0)
checker = ctypes.c_void_p(opening(ctypes.byref(status)))


def skeleton(text):
    source = text.encode("utf-16-le")
    target = (ctypes.c_uint16 * 256)()
    failure = ctypes.c_int(0)
    length = getattr(icu, f"uspoof_getSkeleton_{ICU}")(checker, 0, source, len(source) // 2, target, 256, ctypes.byref(failure))
    assert failure.value <= 0, (text, failure.value)
    return bytes(target)[: length * 2].decode("utf-16-le")


def plain(text):
    bare = (c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c) not in ("Mn", "Me"))
    return "".join(MERGED.get(c, c) for c in "".join(bare).casefold())


found = {}
every = map(chr, (*range(0x80, 0xD800), *range(0xE000, 0x110000)))
# What NFKD takes apart is taken apart before the table is asked.
candidates = [c for c in every if unicodedata.category(c) not in ("Cn", "Co", "Cs", "Cc", "Cf", "Mn", "Me") and unicodedata.normalize("NFKD", c) == c]
for c in candidates:
    looks = plain(skeleton(c))
    if 0 < len(looks) <= 4 and set(looks) <= ASCII and looks != plain(c):
        found.setdefault(ord(c), looks)
for c in candidates:
    if name := NAMED.search(unicodedata.name(c, "")):
        found.setdefault(ord(c), plain(name[1]))
# Case does not matter in a name, so what is small is taken for what its capital looks like.
for code, looks in list(found.items()):
    small = chr(code).lower()
    if len(small) == 1 and ord(small) > 0x7F and unicodedata.normalize("NFKD", small) == small:
        found.setdefault(ord(small), looks)

file = pathlib.Path(__file__).with_name("confusables.txt")
header = [line for line in file.read_text().splitlines() if line.startswith("#")]
rows = {}
for code, looks in sorted(found.items()):
    rows.setdefault(looks, []).append(f"{code:04X}")
file.write_text("\n".join([*header, *(f"{looks} {' '.join(codes)}" for looks, codes in sorted(rows.items()))]) + "\n")
