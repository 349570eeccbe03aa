"""The living style guide: one page for each part of the design, made of the templates' own parts."""
