"""numpy and scipy are imported when a plan is computed, never at the start of a process."""

import subprocess
import sys

from tests import house

STARTED = """
import sys, django
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
print(sorted({"numpy", "scipy"} & set(sys.modules)))
"""


def test_a_web_process_starts_without_them():
    done = subprocess.run(
        [sys.executable, "-c", STARTED], cwd=house.ROOT, capture_output=True, text=True, check=False
    )

    assert done.stdout.strip() == "[]", done.stderr[-500:]
