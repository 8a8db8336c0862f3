"""Everything that is kept about a parent, opened for that parent: what an export is made of.

Each function reads a bounded piece and returns plain data: texts, numbers, days, instants in UTC. The
names in it are those of the export's own format (docs/export.md): they don't change when a column does.
Of other people there is nothing but that they are there.
"""
