"""What the edges share: a platform's calls, events in hand, waiting, clean text. Knows no platform."""
