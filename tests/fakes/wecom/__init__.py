"""A stateful WeCom on 127.0.0.1, written from `facts/wecom.md` before any adapter. README.md says what it does."""
