"""What PyInstaller packs of torchaudio: the modules that are imported, without its libraries.

They are built for CUDA and do not load beside torch's CPU build; where they are missing, torchaudio itself
does without them.
"""

module_collection_mode = "pyz"
