"""Learning: practices, lessons, how a city took a lesson home, how it used the lesson, and what came of it."""
