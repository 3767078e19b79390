"""The errors of evaluation: what the command prints as one line, with exit code 2.

EvaluationError
    SuiteError       a suite cannot be read (eval/suites.py)
    SetError         a file cannot be read as a question set, or not be imported (eval/datasets/sets.py)
    RunError         a run or a baseline cannot be read, or cannot go on (eval/runs.py)
    RulesError       the rules of a gate cannot be read (eval/gates.py)
    BatteryError     a file cannot be read as texts of the battery (eval/battery/texts.py)
    RemoteError      a server cannot be asked (eval/remote.py)
"""


class EvaluationError(ValueError):
    """Something asked of `assistant eval` cannot be done; the message says what was found and what was expected."""
