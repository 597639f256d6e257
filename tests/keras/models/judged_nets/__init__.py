"""A package that scripts of the judge import."""
from .heads import make_head
