"""Feeds of a running platform: their administration, and schedules that a server keeps."""
