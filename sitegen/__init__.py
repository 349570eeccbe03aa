"""sitegen turns a folder of raw news articles into a static, searchable archive.

seeds/ ─read─> RawSeed ─> Document ─understand─> Article ─connect─> Archive ─plan─> Page ─render─> OutputFile
                                                                       └──────index──> search files ──┤
                                                                                     public/ <─publish─┘
"""

__version__ = "0.1.0"
