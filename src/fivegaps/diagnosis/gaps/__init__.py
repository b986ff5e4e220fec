"""The gaps of one wave, one file a gap."""
