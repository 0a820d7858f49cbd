"""Reading systems in a browser: what a reader of our EPUBs meets.

foliate-js and epub.js show a book in Debian's Chromium. The tests of
``tests/reading_systems`` and the screens of the documentation are made here.
"""
