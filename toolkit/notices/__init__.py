"""Telling customers: who, with which words, by which way, and what became of each."""
