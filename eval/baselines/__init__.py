"""Other ways of retrieving, on the same documents and questions: what does structure buy?"""

from eval.baselines.run import run_baselines

__all__ = ["run_baselines"]
