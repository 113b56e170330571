"""scipy and scikit-learn are imported when something is computed, never at the start."""

import subprocess
import sys

from tests import house

STARTED = """
import sys, django
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
print(sorted({"scipy", "sklearn"} & set(sys.modules)))
"""


def test_a_web_process_starts_without_them():
    done = subprocess.run(
        [sys.executable, "-c", STARTED], cwd=house.ROOT, capture_output=True, text=True, check=False
    )

    assert done.stdout.strip() == "[]", done.stderr[-500:]
