"""The package as it is installed: what it brings, on which Pythons and with which versions it gives the same results.

`python -m tests.release` builds it twice, installs it into fresh environments, and prints tables of what it found; it needs the
package index. The tests here need neither.
"""
