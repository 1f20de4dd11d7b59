"""``make bench``: what an update costs, measured on the real bot as a process of its own.

Nothing is asserted and no figure is stored: machines differ, so compare within one run. Every
reply is checked all the same, for a fast wrong answer is worth nothing.
"""
