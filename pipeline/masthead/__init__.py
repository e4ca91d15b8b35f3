"""Publishes United Nations parliamentary documents as PDF, Arabic first."""
