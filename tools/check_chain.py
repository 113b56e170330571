#!/usr/bin/env python3
"""Checks an exported chain without the platform: `yizhan export-chain FILE`, then

    python3 check_chain.py FILE --head 1234:9f86d0… --head …

Needs Python 3.9 or newer with an OpenSSL that knows SM3, and nothing else. It computes every hash
of the file anew from the digests of the steps and compares the result with the heads in the file
and with those somebody wrote down elsewhere. Ends with 0 when all is well, with 1 and the first
wrong position otherwise, with 2 when it cannot check.
"""

import argparse
import hashlib
import json
import sys
from itertools import chain
from pathlib import Path

FORMAT = 1
FIRST = bytes(32)
LEAST = 16


class Wrong(Exception):
    """The chain is not as it was."""


class CannotCheck(Exception):
    """The file or this computer does not allow a check."""


def sm3(data):
    try:
        return hashlib.new("sm3", data).digest()
    except ValueError:
        raise CannotCheck(
            "这台电脑的 Python 不带 SM3（OpenSSL 太旧或被裁剪），请换一台电脑再核验"
        ) from None


def lines(path):
    """The rows of the file. What is no row at all counts as an edit."""
    try:
        with Path(path).open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                try:
                    row = json.loads(line)
                except ValueError:
                    raise Wrong(f"文件第 {number} 行读不出来，文件被改过或不完整") from None
                if not isinstance(row, dict):
                    raise Wrong(f"文件第 {number} 行读不出来，文件被改过或不完整")
                yield row
    except (OSError, UnicodeDecodeError) as error:
        raise CannotCheck(f"读不了 {path}：{error}") from None


def links(rows, end):
    """Every position with its hash computed anew. Raises Wrong at the first that does not fit."""
    position, previous = 0, FIRST
    for row in rows:
        if row.get("position") != position + 1:
            break
        position += 1
        if not row["step"]:
            raise Wrong(f"第 {position} 号的历史记录被删除")
        previous = sm3(previous + bytes.fromhex(row["step"]))
        if previous.hex() != row["hash"]:
            raise Wrong(f"第 {position} 号对不上：这一步、它的封存或这个文件被改过")
        yield position, previous.hex()
    if position != end:
        raise Wrong(f"第 {position + 1} 号不见了：链在这里断开")


def check(path, written):
    """The sentence when all is well. Raises Wrong with the first wrong position."""
    rows = lines(path)
    first = next(rows, {})
    if first.get("chain") != FORMAT or first.get("digest") != "sm3":
        raise CannotCheck(f"{path} 不是 yizhan export-chain 导出的文件，或版本不同")
    heads, after = [], iter(())
    for row in rows:
        if "head" not in row:
            after = chain([row], rows)
            break
        heads.append((row["position"], row["hash"], f"{row['head']} 的链头"))
    marks = heads + [(position, value, "记下的链头") for position, value in written]
    end, last, found = 0, FIRST.hex(), {}
    wanted = {position for position, _, _ in marks}
    for end, last in links(after, first["end"]):
        if end in wanted:
            found[end] = last
    for position, value, name in sorted(marks):
        if position > end:
            raise Wrong(f"{name}在第 {position} 号，链只到第 {end} 号：链的末尾被截掉")
        if not found[position].startswith(value):
            raise Wrong(f"{name}与第 {position} 号对不上：链被重新算过，或链头被改过")
    compared = f"与 {len(heads)} 个日链头、{len(written)} 个记下的链头一致"
    return f"完好：共 {end} 号，{compared}。现在的链头 {end}:{last}"


def head(text):
    """POSITION:HASH as somebody wrote it down; the hash may be cut after sixteen characters."""
    position, _, value = text.partition(":")
    value = value.strip().lower()
    if not position.isdigit() or len(value) < LEAST or set(value) - set("0123456789abcdef"):
        raise argparse.ArgumentTypeError(f"{text} 写得不对，应为 位置:哈希，哈希至少 {LEAST} 位")
    return int(position), value


def main(arguments=None):
    parser = argparse.ArgumentParser(description="核验导出的历史记录链")
    parser.add_argument("file", help="yizhan export-chain 导出的文件")
    parser.add_argument("--head", type=head, action="append", default=[], help="记下的 位置:哈希")
    wanted = parser.parse_args(arguments)
    try:
        sys.stdout.write(check(wanted.file, wanted.head) + "\n")
    except Wrong as wrong:
        sys.stderr.write(f"不一致。{wrong}\n")
        return 1
    except CannotCheck as reason:
        sys.stderr.write(f"核验不了。{reason}\n")
        return 2
    except (KeyError, TypeError, ValueError, AttributeError):
        sys.stderr.write("不一致。文件里有一行缺内容或写法不对，文件被改过\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
