"""The library page: every recording and transcript, and the transcript open to listen, check and edit."""
