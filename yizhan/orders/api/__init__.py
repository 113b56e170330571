"""The same operations for other systems and apps. Every rule is the one the pages obey."""

from yizhan.orders.api import acting, placing
from yizhan.orders.api.doors import router

__all__ = ["acting", "placing", "router"]
