"""Why a server cannot serve, for reasons other than a setting. In: nothing. Out: errors whose messages say what happened."""


class WorkersFailed(Exception):
    """The workers of a server end again and again before they are ready; the message says how."""
