"""The published vectors of the callbacks' encryption, as wecom.md §2.5 gives them."""

TOKEN = "QDG6eK"
AES_KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
CORP = "wx5823bf96d3bd56c7"

OTHER_TOKEN = "123456"
OTHER_AES_KEY = "kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR"
OTHER_CORP = "wx49f0ab532d5d035a"

A_ECHO = "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ=="
B_MESSAGE = (
    "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg"
    "3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+k"
    "DZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6ti"
    "WSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p"
    "8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q=="
)
C_ECHO = "4ByGGj+sVCYcvGeQYhaKIk1o0pQRNbRjxybjTGblXrBaXlTXeOo1+bXFXDQQb1o6co6Yh9Bv41n7hOchLF6p+Q=="
F_REPLY = (
    "9s4gMv99m88kKTh/H8IdkOiMg6bisoy3ypwy9H4hvSPe9nsGaqyw5hhSjdYbcrKk+j3nba4HMOTzHrluLBYqxgNcBqGsL8GqxlhZ"
    "gURnAtObvesEl5nZ+uBE8bviY0LWke8Zy9V/QYKxNV2FqllNXcfmstttyIkMKCCmVbCFM2JTF5wY0nFhHZSjPUL2Q1qvSUCUld+/"
    "WIXrx0oyKQmpB6o8NRrrNrsDf03oxI1p9FxUgMnwKKZeOA/uu+2IEvEBtb7muXsVbwbgX05UPPJvFurDXafG0RQyPR+mf1nDnAtQ"
    "mmNOuiR5MIkdQ39xn1vWwi1O5oazPoQJz0nTYjxxEE8kv3kFxtAGVRe3ypD3WeK2XeFYFMNMpatF9XiKzHo3"
)
G_MESSAGE = (
    "RgqEoJj5A4EMYlLvWO1F86ioRjZfaex/gePD0gOXTxpsq5Yj4GNglrBb8I2BAJVODGajiFnXBu7mCPatfjsu6IHCrsTyeDXzF6Bv"
    "283dGymzxh6ydJRvZsryDyZbLTE7rhnus50qGPMfp2wASFlzEgMW9z1ef/RD8XzaFYgm7iTdaXpXaG4+BiYyolBug/gYNx410cvk"
    "KR2/nPwBiT+P4hIiOAQqGp/TywZBtDh1yCF2KOd0gpiMZ5jSw3e29mTvmUHzkVQiMS6td7vXUaWOMZnYZlF3So2SjHnwh4jYFxdg"
    "pkHHqIrH/54SNdshoQgWYEvccTKe7FS709/5t6NMxuGhcUGAPOQipvWTT4dShyqio7mlsl5noTrb++x6En749zCpQVhDpbV6GDnT"
    "bcX2e8K9QaNWHp91eBdCRxthuL0="
)
H_VOTE = (
    "sKqRbbiSUnDhFHOvPjtUMWeTv6vK7nx1pltbAd92P7BLde9WL+5sCyg9cC+r1HbjZuY22eSOdKGfTq/0ZmHlFP6wWrtmrepN94ii"
    "A+ApMmgz8bj/1jjLpNdFcWIo1qc0c0YbpvhN2IDAPXekR8YZGNrSSLP5U61pkb+VWi2Ql4pnYI5inMUFXorKgEJEvqSuB6ufgKX3"
    "xG4o8FXVJjpIM2OKDmFvDbnxxNTo/8+XDBYLG5Iub4UY/EEJn1bULmvtKsEY077m/FWRCTB2UoylsbdniLC9z1InDTzedlTnEgdr"
    "cQ5OgfbAri/c+w1a7ftjFwhReIA9sjtrSoA8QL2w1yHi28i3QqtxRFlo8FbChAYmGT8hq2uzXs1+Fsj3qiAH214DoHgB7fELUk+O"
    "BKgNEESCfXPTHu5D/TQ0Jir2mT3AW4NaLY/yyT/txbf7vXahKJnhFSWzmMHciJqRCQe92viYprO8y/MxMhfYzCwbzG8w138NXGw4"
    "DszljWN/kbFZav2ynwrrbKJ5JxzKn89AKWhjWslKPRqoaW19FS4oNHTf8IIFqccRV8a5ntcXFR/FoYSRGLS7Hpo9ivO8Fd+dgfiX"
    "hu6cepMC94scr2CK+oLALVQoqdqnfUEYrFwNphtSsL5ZLjsR8o4r8zigmSsYa+0dPqrxE9A3VaSAtD3pL/XJNcmN0h2FWQrc5Pxr"
    "TpwAicE3focL3knKQrU+LftEi4a+6C3S5tsS6FyGfxYXgBXwJXNEPAWJQ88Gl3fzehRP055diqPLCBAm3bp3i7hUs9/dcfMmUN9d"
    "KIOFdk4+ygnQRMXgcFhD5KIEo8Q6+8k7uw1sgJPB4R+EfoIQl/eO3CgFYKxOOBmlIRd62NidbIFh3PQ8US6BmW0JJzmZQP1zZEQ8"
    "ENRfD75YAHewBgfOWiB8e/aYsu45OMYbRC2TZmE="
)
I_BOT = (
    "sKqRbbiSUnDhFHOvPjtUMaLEfjyzzyTsHASubY8aLIUfUTKdMg8c/v4Ex4qHIKQzXoIyE9omuhyzO6k/C+Cl3/V0JnC9WwJ66emr"
    "V5k3kTm7AagwQdcsiyayZG+/ZKcTwEIrvC2CS+K64aDng0HJ0PUiG0S4sG0siB+M1kux6r6prfTZeZMheEoCv3MMFte2WtL8WnJq"
    "/hOc9FKY3onKrNibLplPXlNbqseiMw7lrj+Yl3+ptNfqKAPqgvLCYEwQ"
)
E_TEST = "9s4gMv99m88kKTh/H8IdkNiFGeG9pd7vNWl50fGRWXY="
BOUNDARY = "9s4gMv99m88kKTh/H8IdkPFsqVQEBFL5EJUuKEreUav4zQ3+LtUaN8ZD45h8gNvOO0ZSWSrbO1qfaVtATt18fA=="
F_PLAIN = """\
<xml>
<MsgType><![CDATA[text]]></MsgType>
<Content><![CDATA[test]]></Content>
<FromUserName><![CDATA[wx49f0ab532d5d035a]]></FromUserName>
<ToUserName><![CDATA[messense]]></ToUserName>
<AgentID>1</AgentID>
<CreateTime>1411525903</CreateTime>
</xml>"""
