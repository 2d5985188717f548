"""The WeCom edge, a self-built app (自建应用): messages become cards, sealed callbacks become events. Nothing else in
the program knows it."""
