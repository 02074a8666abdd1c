"""PID 1 for commands that ignore SIGTERM or leave children behind.

The kernel gives PID 1 no default action for a signal, so a plain Python command
as PID 1 does not react to SIGTERM, and a pod takes its whole grace period to
stop. This one hands signals on to all of the command's processes, waits for
them, and ends as the command did.
"""

import os
import signal


def run(command):
    """Runs the command as a process group of its own. Does not return."""
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        os.execv(command[0], command)
    try:
        os.setpgid(child, child)
    except PermissionError:
        pass  # The child was quicker and has begun the command.

    def forward(number, _frame):
        try:
            os.killpg(child, number)
        except ProcessLookupError:
            pass

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(number, forward)

    status = 0
    while True:
        try:
            ended, how = os.wait()
        except ChildProcessError:
            break
        if ended == child:
            status = how
            # What it leaves behind (its server) has to end with it.
            forward(signal.SIGTERM, None)
    code = os.waitstatus_to_exitcode(status)
    os._exit(128 - code if code < 0 else code)
