"""Speech without a platform: what is said, what is heard, and the one door through which a platform is reached."""
