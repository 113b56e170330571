"""Sign-in with WeChat (微信), as allauth's provider of the same name but for phones and unionid."""
