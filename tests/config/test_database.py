import pytest

from yizhan.config.database import APP, OWNER, connection_settings


def test_every_part_of_a_url():
    settings = connection_settings(
        "postgresql://li:p%40ss@db.local:5433/station?sslmode=require", APP
    )

    assert (settings["NAME"], settings["USER"], settings["PASSWORD"]) == ("station", "li", "p@ss")
    assert (settings["HOST"], settings["PORT"]) == ("db.local", "5433")
    assert settings["OPTIONS"]["sslmode"] == "require"
    assert settings["OPTIONS"]["options"] == "-c role=yizhan_app"
    assert settings["OPTIONS"]["server_side_binding"] is True
    assert settings["OPTIONS"]["prepare_threshold"] == 2


def test_a_socket():
    settings = connection_settings("postgresql://postgres@/yizhan?host=/tmp/x", APP)

    assert (settings["HOST"], settings["PORT"], settings["NAME"]) == ("/tmp/x", "", "yizhan")


def test_a_login_that_is_the_role_takes_no_role():
    assert connection_settings(f"postgres://{APP}@h/d", APP)["OPTIONS"]["options"] == ""


def test_the_owner_does_not_wait_for_ever():
    options = connection_settings("postgres://li@h/d?options=-c%20geqo%3Doff", OWNER)["OPTIONS"][
        "options"
    ]

    assert options == "-c geqo=off -c role=yizhan_owner -c lock_timeout=4s -c statement_timeout=5s"


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("mysql://a@h/d", "开头不是 postgresql://"),
        ("", "开头不是 postgresql://"),
        ("postgresql://a@h", "最后要有一个库名"),
        ("postgresql://a@h/", "最后要有一个库名"),
        ("postgresql://a@h/d/e", "最后要有一个库名"),
        ("postgresql://a@h:port/d", "端口或主机写得不对"),
        ("postgresql://a@h:99999/d", "端口或主机写得不对"),
        ("postgresql://a@[::1/d", "端口或主机写得不对"),
    ],
)
def test_a_malformed_url_is_one_sentence_without_the_password(url, why):
    with pytest.raises(SystemExit, match=why) as end:
        connection_settings(url, APP)
    assert "DATABASE_URL 写得不对" in str(end.value)
    assert "\n" not in str(end.value)
