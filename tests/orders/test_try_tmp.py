from tests.orders.stories import *
from tests.orders.conftest import door
def test_x(world, at, door):
    order = placed(world, at)
    a = door("sun").send("admit", order)
    print(a.status_code, a.headers)
    a = door("sun").get("show", order)
    print(a.status_code, a.text)
    a = door("aunt_wang").get("show", order)
    print(a.status_code, a.text[:300])
    for k in ("place","call_back","enter","mine","pool","board","table"):
        print(k, door("sun").get(k).status_code)
