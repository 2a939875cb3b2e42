"""What people put right: made from a row, anchored to its words, applied again after every build.

making    a row and what a person says of it → Correction
anchors   Correction ⇄ the words it is about
changes   one article's reading → the same with corrections
applying  a record in line with its corrections; what merging has to know
desk      made, undone, taken out and brought in
"""
