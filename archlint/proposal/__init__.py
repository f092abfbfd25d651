"""Proposes a first configuration for a tree: contracts that hold in it today, so that they hold tomorrow."""

from archlint.proposal.propose import Proposal, propose

__all__ = ["Proposal", "propose"]
