"""The recurrent networks, pure: tensors in, tensors out."""
