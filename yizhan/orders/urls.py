from django.urls import path

from yizhan.orders.views import acting, filtering, lists, offering, opening, placing

app_name = "orders"
urlpatterns = [
    path("place", placing.place, name="place"),
    path("call_back", placing.call_back, name="call_back"),
    path("enter", placing.enter, name="enter"),
    path("look_up", placing.look_up, name="look_up"),
    path("mine", lists.mine, name="mine"),
    path("pool", offering.pool, name="pool"),
    path("board", lists.board, name="board"),
    path("table", lists.table, name="table"),
    path("table/keep_filter", filtering.keep_filter, name="keep_filter"),
    path("table/drop_filter", filtering.drop_filter, name="drop_filter"),
    path("<str:key>/", opening.show, name="show"),
    path("<str:key>/slip", opening.slip, name="slip"),
    path("<str:key>/sheet", opening.sheet, name="sheet"),
    path("<str:key>/photo/<int:number>", opening.photo, name="photo"),
    path("<str:key>/offer", offering.offer, name="offer"),
    path("<str:key>/admit", acting.admit, name="admit"),
    path("<str:key>/ask", acting.ask, name="ask"),
    path("<str:key>/answer", acting.answer, name="answer"),
    path("<str:key>/amend", acting.amend, name="amend"),
    path("<str:key>/turn_away", acting.turn_away, name="turn_away"),
    path("<str:key>/dispatch", acting.dispatch, name="dispatch"),
    path("<str:key>/invite", acting.invite, name="invite"),
    path("<str:key>/accept", acting.accept, name="accept"),
    path("<str:key>/decline", acting.decline, name="decline"),
    path("<str:key>/send_back", acting.send_back, name="send_back"),
    path("<str:key>/hand_over", acting.hand_over, name="hand_over"),
    path("<str:key>/finish", acting.finish, name="finish"),
    path("<str:key>/rate", acting.rate, name="rate"),
    path("<str:key>/reopen", acting.reopen, name="reopen"),
    path("<str:key>/withdraw", acting.withdraw, name="withdraw"),
    path("<str:key>/undo", acting.undo, name="undo"),
    path("<str:key>/reveal", acting.reveal, name="reveal"),
]
