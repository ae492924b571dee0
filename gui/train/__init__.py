"""The train page: a network that composes, made from a folder of one's own."""

from gui.train.view import TrainPage

__all__ = ["TrainPage"]
