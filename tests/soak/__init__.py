"""A soak: honest clients ask beside hostile ones, over loopback, for a bounded time. `make soak-load` runs ten minutes."""
