"""Lives of a markbook: what a teacher and the program do to it, step by step at random, with the promises checked after every step.

    python -m tests.lives [--steps 10000] [--seed 1]

Every life is lived three times over: as a file on disk that the command line works on, as a workbook in xlwings' server engine, and
as one in the Python of xlwings Lite. What is the teacher's stands a fourth time in plain Python, and all are compared.

    workbook    a workbook as Excel holds it            onto_disk   the same as a file, and back
    worker      one way into the program, as a process  hosts       a workbook and the way into the program that works on it
    teacher     what is the teacher's, by student       births      how a markbook begins
    edits       what a teacher does in Excel            presses     what a teacher has the program do
    promises    what must hold, and how often it was    figures     whether what Why says is so
    expected    what a run should find, by student      runs        what must hold right after a run
    life        one book in three hosts, and the dice   machine     the steps at random
    faults      faults that the machine must find
"""
