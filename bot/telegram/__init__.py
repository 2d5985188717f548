"""The Telegram edge: messages become HTML and buttons, updates become events. Nothing else in the program knows it."""
