"""Files, lists and tables to drafts of claims, with one report line for every row.

The way in, in the order of the work: `recognise.recognise` says what a file is; `reading.open_table` opens a
list or table, whose `rows()` stream drafts and report lines; `documents.read_document` gives a text layer with
its hash; `media.read_media` says what a photograph or recording is. All take a name and bytes, and nothing here
writes to a database, a disk or a clock. A refused file raises `RefusedFile` or `BadInput` with one reason.
"""
